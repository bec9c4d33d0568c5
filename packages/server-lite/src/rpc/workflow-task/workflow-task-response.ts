/** A workflow task as workers get it. */
import { encodeMessage, TaskQueueKind, type temporal } from '@reprise/proto';
import type { RunRef } from '../../execution/run-ref.ts';
import { ownEvents } from '../../execution/quiet-events.ts';
import type { HistoryEvent } from '../../execution/wire.ts';
import type { StartedTask } from '../../execution/workflow-task-state.ts';
import { readPage, writeHistoryToken } from '../history/history-page.ts';
import type { RpcContext } from '../rpc.ts';
import { writeTaskToken } from '../task/task-token.ts';
import { toTimestamp } from '../wire-time.ts';

type Response = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
type Message = temporal.api.protocol.v1.Message;

const pageBatches = 256;

export interface TaskResponseOptions {
  readonly run: RunRef;
  readonly task: StartedTask;
  /** The worker has the run in its cache: it gets what came since. */
  readonly isSticky: boolean;
  readonly queries?: Readonly<Record<string, temporal.api.query.v1.WorkflowQuery>>;
  /** Updates that the worker has been sent with a task before. */
  readonly knownUpdates?: ReadonlySet<string>;
}

export function workflowTaskResponse(ctx: RpcContext, options: TaskResponseOptions): Response {
  const { run, task, isSticky } = options;
  const execution = ctx.engine.read(run);
  const taskToken = writeTaskToken({
    namespaceId: run.namespaceId,
    workflowId: run.workflowId,
    runId: run.runId,
    scheduledEventId: task.scheduledEventId,
    startedEventId: task.startedEventId,
    attempt: task.attempt,
    startedTimeMs: task.startedTimeMs,
    activityId: '',
  });
  return {
    taskToken,
    workflowExecution: { workflowId: run.workflowId, runId: run.runId },
    workflowType: execution.started.workflowType ?? {},
    previousStartedEventId: execution.lastStartedEventId,
    startedEventId: task.startedEventId,
    attempt: task.attempt,
    ...taskHistory(ctx, { run, fromEventId: isSticky ? execution.lastStartedEventId + 1 : 1, task }),
    workflowExecutionTaskQueue: { name: execution.options.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL },
    scheduledTime: toTimestamp(task.scheduledTimeMs),
    startedTime: toTimestamp(task.startedTimeMs),
    queries: { ...options.queries },
    messages: updateMessages(ctx, options),
  };
}

function taskHistory(
  ctx: RpcContext,
  { run, fromEventId, task }: { run: RunRef; fromEventId: number; task: StartedTask },
): Pick<Response, 'history' | 'nextPageToken'> {
  const endEventId = task.startedEventId + 1;
  const page = readPage(ctx, run, { fromEventId, endEventId, limit: pageBatches });
  if (page.nextEventId > 0) {
    const token = {
      workflowId: run.workflowId,
      runId: run.runId,
      nextEventId: page.nextEventId,
      endEventId,
      withQuiet: true,
    };
    return { history: { events: page.events }, nextPageToken: writeHistoryToken(token) };
  }
  return { history: { events: [...page.events, ...unreadEvents(task, page.events)] } };
}

/** The task's own events, when they are not written, or by a request of this turn whose commit is still to come. */
function unreadEvents(task: StartedTask, read: readonly HistoryEvent[]): HistoryEvent[] {
  const lastEventId = read.at(-1)?.eventId ?? 0;
  return ownEvents(task, 'worker').filter(({ eventId }) => (eventId ?? 0) > lastEventId);
}

/** Updates that the task is to deal with, in the order in which they were asked for. */
function updateMessages(ctx: RpcContext, { run, task, knownUpdates }: TaskResponseOptions): Message[] {
  const messages: Message[] = [];
  for (const { updateId, state, request } of ctx.engine.read(run).updates.values()) {
    if (state !== 'sent' || !request || knownUpdates?.has(updateId)) continue;
    messages.push({
      id: `${updateId}/request`,
      protocolInstanceId: updateId,
      eventId: task.startedEventId - 1,
      body: {
        typeUrl: 'type.googleapis.com/temporal.api.update.v1.Request',
        value: encodeMessage('temporal.api.update.v1.Request', request),
      },
    });
  }
  return messages;
}
