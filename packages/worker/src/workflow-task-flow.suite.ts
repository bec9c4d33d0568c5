/** A workflow task flow whose code is a script, before a canned server. */
import { CodedPayloads } from './decode/coded-payloads.ts';
import { Connection } from '@reprise/client';
import { defaultDataConverter, noopMetricMeter } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { ActivityRegistry } from './activity/activity-registry.ts';
import { executionsHere } from './activity/execution.ts';
import { EagerActivities } from './activity/eager-activities.ts';
import { LocalActivityRunner } from './activity/local-activity-runner.ts';
import type { CannedServer } from './canned-server.suite.ts';
import { decodeWorkflowTask } from './decode/workflow-task.ts';
import { DefaultLogger } from './log/default-logger.ts';
import { InProcessHost } from './host/in-process-host.ts';
import { ScriptedIsolate, type Script } from './host/scripted-isolate.suite.ts';
import type { EventSpec } from './machine/history-builder.suite.ts';
import type { HistoryEvent } from './machine/event-type.ts';
import { WorkerMetrics } from './metrics/worker-metrics.ts';
import { FixedSlots } from './poll/fixed-slots.ts';
import { SinkRunner } from './sinks.ts';
import { WorkflowTaskFlow } from './workflow-task-flow.ts';
import { WorkflowRpc } from './worker-rpc.ts';

export type Completed = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
export type Failed = temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;

export const openTask: readonly EventSpec[] = [['WorkflowTaskScheduled'], ['WorkflowTaskStarted']];

export function flowFor(script: Script, server: CannedServer, activities: object = {}): WorkflowTaskFlow {
  const who = {
    namespace: 'default',
    taskQueue: 'q',
    identity: 'me',
    buildId: 'b',
    useBuildIdVersioning: false,
    deploymentOptions: undefined,
    workerInstanceKey: 'k',
  };
  const logger = new DefaultLogger('ERROR', () => undefined);
  const metrics = new WorkerMetrics({ ownMeter: noopMetricMeter, meter: noopMetricMeter }, {});
  const host = new InProcessHost({
    createIsolate: () => new ScriptedIsolate(script),
    runSettings: {},
    maxCachedRuns: 10,
    sdkName: 'reprise',
    sdkVersion: '0.0.0',
  });
  return new WorkflowTaskFlow({
    rpc: new WorkflowRpc(Connection.fromTransport(server), who, {
      payloads: new CodedPayloads({ codecs: [], namespace: 'default', externalStorage: undefined }),
      metrics,
      logger,
    }),
    host,
    metrics,
    namespace: 'default',
    logger,
    sticky: { name: 'sticky', normalName: 'q', scheduleToStartTimeoutMs: 10_000 },
    versioningBehavior: undefined,
    failsOnMismatch: () => false,
    payloadLimits: undefined,
    localActivities: new LocalActivityRunner({
      makeExecution: executionsHere({
        registry: new ActivityRegistry(activities),
        dataConverter: defaultDataConverter,
        interceptors: [],
        logger,
        metricMeter: noopMetricMeter,
        client: undefined,
      }),
      namespace: 'default',
      slots: new FixedSlots(10),
      metrics,
    }),
    eagerActivities: new EagerActivities({
      namespace: 'default',
      taskQueue: 'q',
      slots: new FixedSlots(1),
      maxPerTask: 3,
      onTask: () => undefined,
    }),
    sinks: new SinkRunner({}, { logger, namespace: 'default', measure: () => undefined }),
  });
}

export function task(
  events: readonly HistoryEvent[],
  more: Partial<temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse> = {},
) {
  const startedTasks = events.filter((event) => event.workflowTaskStartedEventAttributes);
  const decoded = decodeWorkflowTask({
    taskToken: new Uint8Array([1]),
    workflowExecution: { workflowId: 'wf', runId: 'run-1' },
    workflowType: { name: 'work' },
    workflowExecutionTaskQueue: { name: 'q' },
    startedEventId: startedTasks.at(-1)?.eventId ?? 0,
    previousStartedEventId: startedTasks.at(-2)?.eventId ?? 0,
    history: { events: [...events] },
    ...more,
  });
  if (decoded === undefined) throw new Error('expected a task');
  return decoded;
}

export const commandTypes = ({ commands }: Completed): unknown[] =>
  (commands ?? []).map(({ commandType }) => commandType);
