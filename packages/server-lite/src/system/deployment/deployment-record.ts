import type { temporal } from '@reprise/proto';

type Payload = temporal.api.common.v1.Payload;

export interface VersionQueue {
  readonly name: string;
  readonly kind: 'workflow' | 'activity' | 'nexus';
}

/** One build of a deployment. Times are server time, ms since the epoch. */
export interface VersionRecord {
  readonly buildId: string;
  readonly createMs: number;
  /** Of the request that created it; none when a poll did. */
  readonly createRequestId?: string | undefined;
  readonly queues: readonly VersionQueue[];
  readonly metadata: Readonly<Record<string, Payload>>;
  readonly firstActivationMs?: number | undefined;
  readonly currentSinceMs?: number | undefined;
  readonly rampingSinceMs?: number | undefined;
  readonly lastCurrentMs?: number | undefined;
  /** It stopped getting new workflows: from then on it drains. */
  readonly lastDeactivationMs?: number | undefined;
  readonly routingChangedMs?: number | undefined;
  /** Since when summaries say that it does not drain, which they do of a version that was made the current one. */
  readonly undrainedMs?: number | undefined;
  readonly lastModifier?: string | undefined;
}

/** Where new workflows go. A build id of '' means workers without a version. */
export interface DeploymentRouting {
  readonly current: string;
  readonly ramping?: string | undefined;
  readonly rampPercentage: number;
  readonly currentChangedMs?: number | undefined;
  readonly rampingChangedMs?: number | undefined;
  readonly percentageChangedMs?: number | undefined;
  readonly revision: number;
}

export interface DeploymentRecord {
  readonly namespaceId: string;
  readonly name: string;
  readonly createMs: number;
  /** Of the request that created it; none when a poll did. */
  readonly createRequestId?: string | undefined;
  readonly routing: DeploymentRouting;
  readonly versions: readonly VersionRecord[];
  /** Counts changes; goes out as the conflict token. */
  readonly changes: number;
  readonly lastModifier: string;
  readonly manager: string;
}

export const versionOf = (record: DeploymentRecord, buildId: string): VersionRecord | undefined =>
  record.versions.find((version) => version.buildId === buildId);

export function withVersion(
  record: DeploymentRecord,
  buildId: string,
  change: (version: VersionRecord) => VersionRecord,
): DeploymentRecord {
  const versions = record.versions.map((version) => (version.buildId === buildId ? change(version) : version));
  return { ...record, versions };
}
