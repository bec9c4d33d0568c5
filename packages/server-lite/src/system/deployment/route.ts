/** Which workers get a task, by what its run wants and what the deployments say. */
import type { Routing } from '../../execution/effects.ts';
import { fingerprint32 } from '../fingerprint.ts';
import type { DeploymentRecord, VersionQueue } from './deployment-record.ts';

export interface Destination {
  readonly deploymentName: string;
  readonly buildId: string;
}

/** From 0 up to 100, the same for the same workflow id as in the service. */
function rampPoint(workflowId: string): number {
  if (workflowId === '') return Math.random() * 100;
  return (fingerprint32(Buffer.from(workflowId)) / 2 ** 32) * 100;
}

const hasQueue = (record: DeploymentRecord, queue: VersionQueue): boolean =>
  record.versions.some((version) =>
    version.queues.some(({ name, kind }) => name === queue.name && kind === queue.kind),
  );

/**
 * The deployment that speaks for a queue: of those whose workers poll it, the one that was routed last.
 *
 * @returns undefined when nobody has routed it
 */
export function speaker(records: readonly DeploymentRecord[], queue: VersionQueue): DeploymentRecord | undefined {
  const changed = ({ routing }: DeploymentRecord): number =>
    Math.max(routing.currentChangedMs ?? 0, routing.rampingChangedMs ?? 0, routing.percentageChangedMs ?? 0);
  const routed = records.filter((record) => hasQueue(record, queue) && changed(record) > 0);
  return routed.sort((a, b) => changed(b) - changed(a))[0];
}

/** Undefined: workers without a version. */
export function route(
  records: readonly DeploymentRecord[],
  queue: VersionQueue,
  routing: Routing | undefined,
): Destination | undefined {
  if (routing?.behavior === 'pinned' && routing.buildId !== undefined) {
    return { deploymentName: routing.deploymentName ?? '', buildId: routing.buildId };
  }
  const record = speaker(records, queue);
  if (!record) return undefined;
  const { current, ramping, rampPercentage } = record.routing;
  const ramps =
    ramping !== undefined &&
    (routing?.prefersRamping === true ||
      (rampPercentage > 0 && (rampPercentage >= 100 || rampPoint(routing?.workflowId ?? '') <= rampPercentage)));
  const buildId = ramps ? ramping : current;
  return buildId === '' ? undefined : { deploymentName: record.name, buildId };
}
