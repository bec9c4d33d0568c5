/** Waits for the tasks that were handed out, when no more are taken. */
import { GracefulShutdownPeriodExpiredError } from './errors.ts';
import type { CompiledWorkerOptions } from './options/compile-worker-options.ts';
import type { WorkerParts } from './worker-parts.ts';

/** Activities and Nexus handlers get their grace time, and are asked to stop after it. Rejects when the force time is over. */
export async function drain(
  { underway, activityFlow, nexus }: Pick<WorkerParts, 'underway' | 'activityFlow' | 'nexus'>,
  { shutdownGraceTimeMs, shutdownForceTimeMs }: CompiledWorkerOptions,
): Promise<void> {
  const grace = setTimeout(() => {
    activityFlow.cancelAll();
    nexus?.flow.cancelAll();
  }, shutdownGraceTimeMs);
  const expired = Promise.withResolvers<never>();
  const expire = (): void =>
    expired.reject(new GracefulShutdownPeriodExpiredError('Timed out while waiting for worker to shutdown gracefully'));
  const force = shutdownForceTimeMs === undefined ? undefined : setTimeout(expire, shutdownForceTimeMs);
  try {
    while (underway.size > 0) await Promise.race([Promise.allSettled(underway), expired.promise]);
  } finally {
    clearTimeout(grace);
    clearTimeout(force);
  }
}
