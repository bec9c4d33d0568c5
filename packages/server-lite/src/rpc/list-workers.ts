import type { temporal } from '@reprise/proto';
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
  const asked = request.pageSize ?? 0;
  const page = rest.slice(0, asked > 0 ? asked : defaultPageSize);
  const last = page.at(-1);
  return {
    workers: page.map(({ heartbeat }) => listed(heartbeat)),
    workersInfo: page.map(({ heartbeat }) => ({ workerHeartbeat: heartbeat })),
    ...(last && rest.length > page.length
      ? { nextPageToken: Buffer.from(last.heartbeat.workerInstanceKey ?? '') }
      : {}),
  };
};

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
