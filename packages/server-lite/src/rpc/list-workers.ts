import { matchesWorker } from '../system/match-worker.ts';
import { requireNamespace, type WorkflowHandler } from './rpc.ts';

const defaultPageSize = 100;

/** Pages go by instance key: the token is the last one shown. */
export const listWorkers: WorkflowHandler<'listWorkers'> = async (request, ctx) => {
  const after = Buffer.from(request.nextPageToken ?? []).toString();
  const matches = matchesWorker(request.query ?? '');
  const rest = ctx.system.workers
    .list(requireNamespace(ctx).id)
    .filter(({ heartbeat }) => (heartbeat.workerInstanceKey ?? '') > after && matches(heartbeat));
  const page = rest.slice(0, request.pageSize || defaultPageSize);
  const last = page.at(-1);
  return {
    workersInfo: page.map(({ heartbeat }) => ({ workerHeartbeat: heartbeat })),
    ...(last && rest.length > page.length
      ? { nextPageToken: Buffer.from(last.heartbeat.workerInstanceKey ?? '') }
      : {}),
  };
};
