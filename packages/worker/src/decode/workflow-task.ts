/** A workflow task as the worker works with it, from what the poll returned: every required field present. */
import { decodeMessage } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import type { HostQuery } from '../host/workflow-host.ts';
import type { UpdateRequest } from '../machine/command-request.ts';
import type { HistoryEvent } from '../machine/event-type.ts';
import { positiveSpanMs, spanMs } from '../machine/wall-time.ts';
import { requestOf } from '../machine/updates.ts';
import { wallHeaders, wallPayloads } from '../machine/wall-values.ts';

type PollResponse = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;

export interface WorkflowTask {
  readonly taskToken: Uint8Array;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  /** The task queue of the run: not always the one that was polled. */
  readonly taskQueue: string;
  readonly attempt: number;
  readonly previousStartedEventId: number;
  /** 0 for a task that only carries a query. */
  readonly startedEventId: number;
  readonly events: readonly HistoryEvent[];
  /** Empty when `events` are all. */
  readonly nextPageToken: Uint8Array;
  readonly updates: readonly UpdateRequest[];
  readonly queries: readonly HostQuery[];
  /** The task is nothing but this query, and is answered by a call of its own. */
  readonly isLegacyQuery: boolean;
  /** How long the server waits for the answer. */
  readonly taskTimeoutMs: number;
  /** From when the task was scheduled until it was handed out. */
  readonly waitedMs: number;
  /** When the run began; undefined when its first event is not at hand. */
  readonly runStartedMs: number | undefined;
}

/** The id by which a query that is a task of its own is known. */
const LEGACY_QUERY_ID = 'legacy_query';
const EMPTY = new Uint8Array();

/** The task in a poll's response; undefined when the poll came back empty. */
export function decodeWorkflowTask(response: PollResponse): WorkflowTask | undefined {
  const { taskToken } = response;
  if (!taskToken || taskToken.length === 0) return undefined;
  const queries = Object.entries(response.queries ?? {}).map(([id, query]) => decodeQuery(id, query));
  if (response.query) queries.push(decodeQuery(LEGACY_QUERY_ID, response.query));
  return {
    taskToken,
    workflowId: response.workflowExecution?.workflowId ?? '',
    runId: response.workflowExecution?.runId ?? '',
    workflowType: response.workflowType?.name ?? '',
    taskQueue: response.workflowExecutionTaskQueue?.name ?? '',
    attempt: response.attempt || 1,
    previousStartedEventId: response.previousStartedEventId ?? 0,
    startedEventId: response.startedEventId ?? 0,
    events: response.history?.events ?? [],
    nextPageToken: response.nextPageToken ?? EMPTY,
    updates: (response.messages ?? []).flatMap((message) => decodeUpdate(message)),
    queries,
    isLegacyQuery: response.query !== undefined && response.query !== null,
    taskTimeoutMs: taskTimeoutMs(response.history?.events ?? []),
    waitedMs: (spanMs(response.startedTime) ?? 0) - (spanMs(response.scheduledTime) ?? 0),
    runStartedMs: spanMs(response.history?.events?.find(({ eventId }) => eventId === 1)?.eventTime),
  };
}

const DEFAULT_TASK_TIMEOUT_MS = 10_000;

function taskTimeoutMs(events: readonly HistoryEvent[]): number {
  const scheduled = events.findLast((event) => event.workflowTaskScheduledEventAttributes);
  const timeout = scheduled?.workflowTaskScheduledEventAttributes?.startToCloseTimeout;
  return positiveSpanMs(timeout) ?? DEFAULT_TASK_TIMEOUT_MS;
}

function decodeQuery(id: string, query: temporal.api.query.v1.WorkflowQuery): HostQuery {
  return {
    id,
    name: query.queryType ?? '',
    args: wallPayloads(query.queryArgs),
    headers: wallHeaders(query.header),
  };
}

const UPDATE_REQUEST = 'temporal.api.update.v1.Request';

function decodeUpdate(message: temporal.api.protocol.v1.Message): UpdateRequest[] {
  const { body } = message;
  if (!body?.typeUrl?.endsWith(UPDATE_REQUEST)) return [];
  const request = decodeMessage(UPDATE_REQUEST, body.value ?? EMPTY);
  const id = message.protocolInstanceId || (request.meta?.updateId ?? '');
  return [requestOf(request, { id, messageId: message.id ?? '', sequencingEventId: message.eventId ?? 0 })];
}
