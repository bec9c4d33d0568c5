// Runs activities without a workflow with the published client and worker: node src/activity.ts ADDRESS. Prints JSON.
import { activityInfo, ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const address = process.argv[2];
if (address === undefined) throw new Error('expected the address of a server as the first argument');

/** Fails first, and then goes on from its last heartbeat. */
async function flaky(name: string): Promise<string> {
  const { attempt, heartbeatDetails, inWorkflow } = activityInfo();
  if (attempt > 1)
    return `${name}, attempt ${attempt}, ${String(heartbeatDetails)}, ${inWorkflow ? 'in' : 'without'} a workflow`;
  Context.current().heartbeat('half way');
  throw ApplicationFailure.retryable('once');
}

async function untilCancelled(): Promise<never> {
  const beat = setInterval(() => Context.current().heartbeat(), 50);
  try {
    return await Context.current().cancelled;
  } catch (error) {
    if (error instanceof CancelledFailure) throw error;
    throw ApplicationFailure.nonRetryable('expected to be cancelled');
  } finally {
    clearInterval(beat);
  }
}

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } });
const taskQueue = 'published-sdk-activities';
const connection = await Connection.connect({ address });
const nativeConnection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection: nativeConnection, taskQueue, activities: { flaky, untilCancelled } });
const { activity } = new Client({ connection });
const options = { taskQueue, startToCloseTimeout: '30 seconds', heartbeatTimeout: '5 seconds' } as const;

const outcome = await worker.runUntil(async () => {
  const result = await activity.execute('flaky', {
    ...options,
    id: 'flaky',
    args: ['Ada'],
    retry: { initialInterval: '10 milliseconds' },
  });
  const handle = await activity.start('untilCancelled', { ...options, id: 'cancelled' });
  while ((await handle.describe()).runState !== 'STARTED') await new Promise((resolve) => setTimeout(resolve, 20));
  await handle.cancel('enough');
  const error = await handle.result().catch((reason: unknown) => reason as Error & { cause?: Error });
  const { status, attempt } = await activity.getHandle('flaky').describe();
  const listed: string[] = [];
  for await (const { activityId } of activity.list(`TaskQueue = '${taskQueue}'`)) listed.push(activityId);
  const { count } = await activity.count(`TaskQueue = '${taskQueue}'`);
  return { result, status, attempt, error: error.name, cause: error.cause?.name, listed: listed.toSorted(), count };
});
await nativeConnection.close();
await connection.close();
console.log(JSON.stringify(outcome));
process.exit(0);
