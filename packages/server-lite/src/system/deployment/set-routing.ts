/** What changing the current or the ramping version makes of a deployment. */
import { failedPrecondition, notFound } from '../../errors.ts';
import {
  type DeploymentRecord,
  type VersionQueue,
  type VersionRecord,
  versionOf,
  withVersion,
} from './deployment-record.ts';
import { requireManager } from './require-manager.ts';
import { versionText } from './version-text.ts';

/** A build that gets no new workflows any more starts to drain. */
const retire = (version: VersionRecord, nowMs: number): VersionRecord => ({
  ...version,
  currentSinceMs: undefined,
  rampingSinceMs: undefined,
  lastDeactivationMs: nowMs,
  routingChangedMs: nowMs,
  undrainedMs: undefined,
});

const activate = (version: VersionRecord, nowMs: number, since: Partial<VersionRecord>): VersionRecord => ({
  ...version,
  currentSinceMs: undefined,
  rampingSinceMs: undefined,
  lastDeactivationMs: undefined,
  undrainedMs: undefined,
  ...since,
  firstActivationMs: version.firstActivationMs ?? nowMs,
  routingChangedMs: nowMs,
});

interface Proposal {
  /** '' stands for workers without a version. */
  readonly buildId: string;
  readonly identity: string;
  /** The version need not be known yet. */
  readonly allowNoPollers: boolean;
}

/** @throws ServiceError NOT_FOUND */
function requireKnown(record: DeploymentRecord, { buildId, allowNoPollers }: Proposal): void {
  if (buildId !== '' && !allowNoPollers && !versionOf(record, buildId)) {
    throw notFound(`build ID '${buildId}' not found in Worker Deployment '${record.name}'`);
  }
}

type IsNeeded = (queue: VersionQueue) => boolean;

/** @throws ServiceError FAILED_PRECONDITION when queues of the current version would be left without workers */
function requireQueues(record: DeploymentRecord, next: { buildId: string; as: string; isNeeded: IsNeeded }): void {
  const current = versionOf(record, record.routing.current);
  const version = versionOf(record, next.buildId);
  if (!current || !version) return;
  const missing = current.queues.filter(
    (queue) => !version.queues.some(({ name, kind }) => name === queue.name && kind === queue.kind),
  );
  if (!missing.some(next.isNeeded)) return;
  throw failedPrecondition(
    `proposed ${next.as} version '${record.name}:${next.buildId}' is missing active task queues from the current version; these would become unversioned if it is set as the ${next.as} version`,
  );
}

/** @throws ServiceError NOT_FOUND or FAILED_PRECONDITION */
export function admitCurrent(record: DeploymentRecord, proposal: Proposal): void {
  requireKnown(record, proposal);
  requireManager(record, proposal.identity);
}

/** @throws ServiceError NOT_FOUND or FAILED_PRECONDITION */
export function admitRamping(
  record: DeploymentRecord,
  { buildId, ...rest }: Omit<Proposal, 'buildId'> & { readonly buildId: string | undefined },
): void {
  if (buildId !== undefined && buildId === record.routing.current) {
    throw failedPrecondition(`requested ramping version ${versionText(record.name, buildId)} is already current`);
  }
  if (buildId !== undefined) requireKnown(record, { buildId, ...rest });
  requireManager(record, rest.identity);
}

export function setCurrent(
  record: DeploymentRecord,
  options: { buildId: string; nowMs: number; isNeeded: IsNeeded },
): DeploymentRecord {
  const { buildId, nowMs } = options;
  const { current, ramping } = record.routing;
  if (current === buildId) return record;
  requireQueues(record, { buildId, as: 'current', isNeeded: options.isNeeded });
  let next = current === '' ? record : withVersion(record, current, (version) => retire(version, nowMs));
  if (buildId !== '')
    next = withVersion(next, buildId, (version) =>
      activate(version, nowMs, {
        currentSinceMs: nowMs,
        lastCurrentMs: nowMs,
        undrainedMs: nowMs,
      }),
    );
  const endsRamp = ramping === buildId;
  return {
    ...next,
    routing: {
      ...next.routing,
      current: buildId,
      currentChangedMs: nowMs,
      revision: next.routing.revision + 1,
      ...(endsRamp
        ? { ramping: undefined, rampPercentage: 0, rampingChangedMs: nowMs, percentageChangedMs: nowMs }
        : {}),
    },
  };
}

/** @param options.buildId undefined ends the ramp, '' ramps to workers without a version */
export function setRamping(
  record: DeploymentRecord,
  options: { buildId: string | undefined; percentage: number; nowMs: number; isNeeded: IsNeeded },
): DeploymentRecord {
  const { buildId, percentage, nowMs } = options;
  const before = record.routing.ramping;
  if (before === buildId && record.routing.rampPercentage === percentage) return record;
  if (buildId !== undefined && before !== buildId) {
    requireQueues(record, { buildId, as: 'ramping', isNeeded: options.isNeeded });
  }
  // A ramp to workers without a version is told to the queues of the current version, which is summed up anew by that.
  const viaCurrent = buildId === '' || (buildId === undefined && before === '');
  let next = viaCurrent
    ? withVersion(record, record.routing.current, (version) => ({ ...version, undrainedMs: undefined }))
    : record;
  if (before && before !== buildId) next = withVersion(next, before, (version) => retire(version, nowMs));
  if (buildId && before !== buildId) {
    next = withVersion(next, buildId, (version) => activate(version, nowMs, { rampingSinceMs: nowMs }));
  }
  return {
    ...next,
    routing: {
      ...next.routing,
      ramping: buildId,
      rampPercentage: buildId === undefined ? 0 : percentage,
      percentageChangedMs: nowMs,
      ...(before === buildId ? {} : { rampingChangedMs: nowMs }),
      revision: next.routing.revision + 1,
    },
  };
}
