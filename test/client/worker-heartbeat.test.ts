import { setTimeout as wait } from 'node:timers/promises';
import { WorkerStatus } from '@reprise/proto';
import { expect, it } from 'vitest';
import { openPlayground } from './playground.ts';

it('a worker tells the server that it is there, and that it goes', async () => {
  const playground = await openPlayground();
  const { workflowService } = playground.connection;
  const heartbeats = async () =>
    (await workflowService.listWorkers({ namespace: 'default' })).workersInfo?.map((info) => info.workerHeartbeat);
  while ((await heartbeats())?.length !== 1) await wait(10);
  expect(await heartbeats()).toMatchObject([
    { taskQueue: playground.taskQueue, sdkName: 'reprise', status: WorkerStatus.WORKER_STATUS_RUNNING },
  ]);
  playground.worker?.shutdown();
  while ((await heartbeats())?.[0]?.status === WorkerStatus.WORKER_STATUS_RUNNING) await wait(10);
  expect(await heartbeats()).toMatchObject([{ status: WorkerStatus.WORKER_STATUS_SHUTTING_DOWN }]);
  await playground.close();
});
