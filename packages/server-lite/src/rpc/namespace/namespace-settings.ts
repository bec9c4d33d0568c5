/** What a request to update a namespace changes in it. */
import { NamespaceState, ReplicationState, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { BadBinary, Namespace } from '../../system/namespaces.ts';
import { shortStateName } from './namespace-policy.ts';
import { retentionOf } from './retention-of.ts';

type Request = temporal.api.workflowservice.v1.UpdateNamespaceRequest;
export type Settings = { -readonly [Key in keyof Omit<Namespace, 'id'>]?: Namespace[Key] };

const mostBadBinaries = 10;
const { NAMESPACE_STATE_DELETED: deleted, NAMESPACE_STATE_DEPRECATED: deprecated } = NamespaceState;

const allowedMoves: Readonly<Partial<Record<NamespaceState, readonly NamespaceState[]>>> = {
  [NamespaceState.NAMESPACE_STATE_REGISTERED]: [deleted, deprecated],
  [deprecated]: [deleted],
};

interface Bounds {
  readonly nowMs: number;
  readonly leastRetentionMs: number;
}

/** @throws ServiceError INVALID_ARGUMENT */
export function namespaceSettings(namespace: Namespace, request: Request, bounds: Bounds): Settings {
  const settings: Settings = {};
  const { updateInfo: info, config } = request;
  if (info?.description) settings.description = info.description;
  if (info?.ownerEmail) settings.ownerEmail = info.ownerEmail;
  if (info?.data) settings.data = { ...namespace.data, ...info.data };
  if (info?.state && info.state !== namespace.state) {
    if (!allowedMoves[namespace.state]?.includes(info.state)) throw invalidArgument('Invalid namespace state update.');
    settings.state = info.state;
  }
  const retention = config?.workflowExecutionRetentionTtl;
  if (retention) settings.retentionMs = retentionOf(retention, bounds.leastRetentionMs);
  const replicationState = nextReplicationState(namespace, request);
  if (replicationState) settings.replicationState = replicationState;
  const badBinaries = nextBadBinaries(namespace, request, bounds.nowMs);
  if (badBinaries) settings.badBinaries = badBinaries;
  return settings;
}

/** Bad binaries alone are shown to the one who declares them, and not kept: only with another change they are. */
export function isKept(settings: Settings, request: Request): boolean {
  const { badBinaries: _, ...others } = settings;
  const hasAliases = Object.keys(request.config?.customSearchAttributeAliases ?? {}).length > 0;
  return Object.keys(others).length > 0 || hasAliases || Boolean(request.deleteBadBinary);
}

function nextBadBinaries(
  namespace: Namespace,
  { config, deleteBadBinary }: Request,
  nowMs: number,
): Record<string, BadBinary> | undefined {
  if (!config?.badBinaries && !deleteBadBinary) return undefined;
  const binaries: Record<string, BadBinary> = { ...namespace.badBinaries };
  for (const [checksum, { reason, operator }] of Object.entries(config?.badBinaries?.binaries ?? {})) {
    binaries[checksum] = { reason: reason ?? '', operator: operator ?? '', createMs: nowMs };
  }
  if (Object.keys(binaries).length > mostBadBinaries) {
    throw invalidArgument(`Total resetBinaries cannot exceed the max limit: ${mostBadBinaries}`);
  }
  if (deleteBadBinary) {
    if (!binaries[deleteBadBinary]) throw invalidArgument(`Bad binary checksum ${deleteBadBinary} doesn't exists.`);
    delete binaries[deleteBadBinary];
  }
  return binaries;
}

function nextReplicationState(namespace: Namespace, { replicationConfig }: Request): ReplicationState | undefined {
  const state = replicationConfig?.state;
  if (state && state !== namespace.replicationState) {
    if (namespace.state !== NamespaceState.NAMESPACE_STATE_REGISTERED) {
      const state = shortStateName(namespace.state);
      throw invalidArgument(
        `update ReplicationState is only supported when namespace is in Registered state, current state: ${state}`,
      );
    }
    if (state === ReplicationState.REPLICATION_STATE_HANDOVER) {
      throw invalidArgument('Handover can only be set for global namespace');
    }
  }
  return replicationConfig?.activeClusterName ? ReplicationState.REPLICATION_STATE_NORMAL : (state ?? undefined);
}
