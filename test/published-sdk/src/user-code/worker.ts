/** Worker code, tests and Nexus handlers as users of the published SDK write them. */
import { WorkflowRunOperationHandler, startWorkflow } from '@temporalio/nexus';
import { SimplePlugin } from '@temporalio/plugin';
import { MockActivityEnvironment, TestWorkflowEnvironment } from '@temporalio/testing';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  bundleWorkflowCode,
  makeTelemetryFilterString,
  type ActivityExecuteInput,
  type ActivityInboundCallsInterceptor,
  type ActivityInterceptorsFactory,
  type CustomSlotSupplier,
  type InjectedSinks,
  type LogEntry,
  type Next,
  type PatchActivationCallback,
  type ReplayWorkerOptions,
  type SlotPermit,
  type WorkerOptions,
  type WorkerPlugin,
  type WorkerTuner,
  type WorkflowSlotInfo,
} from '@temporalio/worker';
import * as nexus from 'nexus-rpc';
import * as activities from './activities.js';
import { order, type AuditSinks, type Order } from './workflows.js';

class Timing implements ActivityInboundCallsInterceptor {
  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    return await next({ ...input, args: [...input.args] });
  }
}
const activityInterceptors: ActivityInterceptorsFactory = (context) => {
  void context.info.activityType;
  return { inbound: new Timing(), outbound: { getLogAttributes: (input, next) => ({ ...next(input), a: 1 }) } };
};
const sinks: InjectedSinks<AuditSinks> = {
  audit: {
    write: {
      fn(info, level, text) {
        const line: string = text;
        void [info.workflowId, level.toFixed(), line];
      },
      callDuringReplay: true,
    },
  },
};
class Slots implements CustomSlotSupplier<WorkflowSlotInfo> {
  readonly type = 'custom';
  async reserveSlot(): Promise<SlotPermit> {
    return { isTry: false };
  }
  tryReserveSlot(): SlotPermit | null {
    return null;
  }
  markSlotUsed(): void {}
  releaseSlot(): void {}
}
const tuner: WorkerTuner = {
  workflowTaskSlotSupplier: new Slots(),
  activityTaskSlotSupplier: {
    type: 'resource-based',
    tunerOptions: { targetMemoryUsage: 0.8, targetCpuUsage: 0.9 },
    minimumSlots: 1,
  },
  localActivityTaskSlotSupplier: { type: 'fixed-size', numSlots: 10 },
  nexusTaskSlotSupplier: { type: 'fixed-size', numSlots: 10 },
};
const byResources: WorkerTuner = { tunerOptions: { targetMemoryUsage: 0.8, targetCpuUsage: 0.9 } };
const patchActivationCallback: PatchActivationCallback = ({ patchId, workflowInfo }) =>
  patchId !== 'x' && workflowInfo.workflowType === 'order';
const workerPlugin: WorkerPlugin = { name: 'p', configureWorker: (options) => options };

export const billing = nexus.service('billing', {
  invoice: nexus.operation<Order, string>(),
  bill: nexus.operation<Order, { receipt: string; status: string }>(),
});
export const handler = nexus.serviceHandler(billing, {
  invoice: async (context, input) => `${context.service} ${input.id}`,
  bill: new WorkflowRunOperationHandler(
    async (context, input) => await startWorkflow(context, order, { args: [input], workflowId: input.id }),
  ),
});

const options: Omit<WorkerOptions, 'taskQueue'> = {
  activities: { ...activities, ...activities.createActivities({ mail: async () => undefined }) },
  nexusServices: [handler],
  sinks,
  interceptors: { activity: [activityInterceptors], workflowModules: ['./workflows.js'] },
  maxConcurrentActivityTaskExecutions: 10,
  workflowTaskPollerBehavior: { type: 'autoscaling', minimum: 1, maximum: 5 },
  shutdownGraceTime: '10s',
  workerDeploymentOptions: {
    version: { deploymentName: 'd', buildId: 'b' },
    useWorkerVersioning: true,
    defaultVersioningBehavior: 'PINNED',
  },
  bundlerOptions: { ignoreModules: ['fs'] },
  plugins: [workerPlugin, new SimplePlugin({ name: 'simple', activities: { extra: async () => 1 } })],
  workflowFailureErrorTypes: { '*': ['MyError'], order: ['Error'] },
  patchActivationCallback,
};

export async function run(): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('DEBUG', ({ level, message }: LogEntry) => console.log(level, message)),
    telemetryOptions: {
      metrics: { prometheus: { bindAddress: '127.0.0.1:9464' }, globalTags: { a: 'b' } },
      logging: { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} },
    },
    shutdownSignals: ['SIGTERM'],
  });
  const connection = await NativeConnection.connect({ address: 'localhost:7233', tls: false, metadata: { a: 'b' } });
  const bundle = await bundleWorkflowCode({ workflowsPath: './workflows.js' });
  const worker = await Worker.create({ connection, taskQueue: 'q', workflowBundle: bundle, ...options });
  const result = await worker.runUntil(async () => 1);
  const count: number = result + worker.getStatus().numInFlightActivities;
  void [count, worker.getState() === 'RUNNING', worker.options.identity];
  await Worker.create({ taskQueue: 'q', tuner, workflowsPath: './workflows.js' });
  await Worker.create({ taskQueue: 'q', tuner: byResources });
  // @ts-expect-error a task queue is needed
  await Worker.create({ workflowsPath: './workflows.js' });
  const replay: ReplayWorkerOptions = {
    workflowsPath: './workflows.js',
    workflowFailureErrorTypes: { '*': [] },
    sinks,
  };
  await Worker.runReplayHistory(replay, { events: [] }, 'id');
  for await (const { workflowId, error } of Worker.runReplayHistories(replay, (async function* () {})()))
    void [workflowId, error?.message];
  await connection.close();
}

export async function test(): Promise<void> {
  const env = await TestWorkflowEnvironment.createTimeSkipping();
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: 't',
    workflowsPath: './workflows.js',
    activities,
  });
  const { receipt } = await worker.runUntil(
    env.client.workflow.execute(order, { taskQueue: 't', workflowId: 'w', args: [{ id: '1', items: [] }] }),
  );
  await env.sleep('1 day');
  const time: number = await env.currentTimeMs();
  const activity = new MockActivityEnvironment({ attempt: 2 });
  activity.on('heartbeat', (details: unknown) => void details);
  const charged: string = await activity.run(activities.charge, receipt, time);
  activity.cancel('CANCELLED');
  void charged;
  // @ts-expect-error the second argument is a number
  await activity.run(activities.charge, 'a', 'b');
  await env.teardown();
}
