/** How filters over activities of their own are read: they have names of their own for an activity's id and type. */
import { activityDivision } from '../../execution/standalone-record.ts';
import type { VisibilityQuery } from '../../visibility/visibility.ts';
import { requireStandalone } from './activity-request.ts';
import { requireNamespace, type RpcContext } from '../rpc.ts';

const columns: ReadonlyMap<string, string> = new Map([
  ['ActivityId', 'WorkflowId'],
  ['ActivityType', 'WorkflowType'],
]);

function rename(name: string): { name: string; prefix: string } | undefined {
  const column = columns.get(name);
  return column === undefined ? undefined : { name: column, prefix: '' };
}

/** @throws ServiceError UNIMPLEMENTED where they are switched off */
export function activityListQuery(ctx: RpcContext, query: string | null | undefined): VisibilityQuery {
  requireStandalone(ctx);
  const words = { rename, anyStatus: true };
  return { namespaceId: requireNamespace(ctx).id, query: query ?? '', division: activityDivision, words };
}
