import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { PagePlace, writePageToken } from '../../page-token.ts';
import { matchesWorker } from '../../system/match-worker.ts';
import { requireNamespace, type WorkflowHandler } from '../rpc.ts';

/** Pages go by instance key: the token has the last one shown. Without a size all are shown. */
export const listWorkers: WorkflowHandler<'listWorkers'> = async (request, ctx) => {
  const matches = matchesWorker(request.query ?? '');
  const found = ctx.system.workers.list(requireNamespace(ctx).id).filter(({ heartbeat }) => matches(heartbeat));
  const after = found.length > 0 ? lastShown(request.nextPageToken) : '';
  const rest = found.filter(({ heartbeat }) => (heartbeat.workerInstanceKey ?? '') > after);
  const asked = request.pageSize ?? 0;
  const page = asked > 0 ? rest.slice(0, asked) : rest;
  const last = page.at(-1);
  return {
    workers: page.map(({ heartbeat }) => listed(heartbeat)),
    workersInfo: page.map(({ heartbeat }) => ({ workerHeartbeat: heartbeat })),
    ...(last && rest.length > page.length
      ? { nextPageToken: writePageToken({ l: last.heartbeat.workerInstanceKey ?? '' }) }
      : {}),
  };
};

function lastShown(token: Uint8Array | null | undefined): string {
  try {
    return PagePlace.read(token)?.text('l') ?? '';
  } catch {
    throw invalidArgument('invalid next_page_token');
  }
}

/** The part of a heartbeat that lists show. */
const listed = (heartbeat: temporal.api.worker.v1.WorkerHeartbeat): temporal.api.worker.v1.WorkerListInfo => ({
  workerInstanceKey: heartbeat.workerInstanceKey,
  workerIdentity: heartbeat.workerIdentity,
  taskQueue: heartbeat.taskQueue,
  deploymentVersion: heartbeat.deploymentVersion,
  sdkName: heartbeat.sdkName,
  sdkVersion: heartbeat.sdkVersion,
  status: heartbeat.status,
  startTime: heartbeat.startTime,
  hostName: heartbeat.hostInfo?.hostName,
  workerGroupingKey: heartbeat.hostInfo?.workerGroupingKey,
  processId: heartbeat.hostInfo?.processId,
  plugins: heartbeat.plugins,
  drivers: heartbeat.drivers,
});
