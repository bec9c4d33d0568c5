import { CancelledFailure, type Logger } from '@reprise/common';
import { isAbortError } from '@reprise/common/lib/type-helpers';

/** Calls the code of a handler, and logs that it did and what came of it. */
export async function logHandlerCall<R>(
  log: Logger,
  method: 'startOperation' | 'cancelOperation',
  { call, isAborted }: { readonly call: () => Promise<R>; readonly isAborted: () => boolean },
): Promise<R> {
  const startedMs = performance.now();
  const durationMs = (): number => Math.trunc(performance.now() - startedMs);
  log.debug('Nexus handler started', { method });
  try {
    const result = await call();
    log.debug('Nexus handler invocation completed', { method, durationMs: durationMs() });
    return result;
  } catch (error) {
    if (isAborted() && (error instanceof CancelledFailure || isAbortError(error)))
      log.debug('Nexus handler invocation completed as cancelled', { method, durationMs: durationMs() });
    else log.warn('Nexus handler invocation failed', { method, error, durationMs: durationMs() });
    throw error;
  }
}
