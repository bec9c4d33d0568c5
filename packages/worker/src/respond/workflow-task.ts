/** The calls by which a workflow task is answered, from what its host made of it. */
import { fromWallFailure, type WallFailure } from '@reprise/common';
import { CommandType, encodeMessage, QueryResultType, WorkflowTaskFailedCause } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import type { CompletedAnswer, QueryAnswer, TaskAnswer } from '../host/workflow-host.ts';
import type { OutgoingMessage, UpdateRequest } from '../machine/command-request.ts';
import { optionalPayloadsOf, payloadMapOf, payloadsOf, wireFailure } from '../machine/wall-values.ts';
import type { WorkflowTask } from '../decode/workflow-task.ts';

type Completed = temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
type Failed = temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;

export interface StickyQueue {
  readonly name: string;
  readonly normalName: string;
  readonly scheduleToStartTimeoutMs: number;
}

/** The completion of a task. `sticky` is absent when no run is kept alive between tasks. */
export function completedRequest(
  task: WorkflowTask,
  answer: CompletedAnswer,
  options: { sticky: StickyQueue | undefined; forceNewTask: boolean; versioningBehavior: number | undefined },
): Completed {
  const { sticky } = options;
  const behavior = answer.versioningBehavior ?? options.versioningBehavior;
  return {
    taskToken: task.taskToken,
    commands: [...answer.commands],
    messages: answer.messages.map(encodeProtocolMessage),
    queryResults: queryResults(answer.queryAnswers),
    returnNewWorkflowTask: true,
    forceCreateNewWorkflowTask: options.forceNewTask,
    sdkMetadata: answer.sdkMetadata,
    meteringMetadata: {},
    capabilities: { discardSpeculativeWorkflowTaskWithEvents: true },
    ...(behavior === undefined ? {} : { versioningBehavior: behavior as 0 | 1 | 2 }),
    ...(sticky === undefined || answer.isClosed ? {} : { stickyAttributes: stickyAttributes(sticky) }),
  };
}

function stickyAttributes({ name, normalName, scheduleToStartTimeoutMs }: StickyQueue): Completed['stickyAttributes'] {
  const seconds = Math.floor(scheduleToStartTimeoutMs / 1000);
  const nanos = (scheduleToStartTimeoutMs % 1000) * 1e6;
  return { workerTaskQueue: { name, kind: 2, normalName }, scheduleToStartTimeout: { seconds, nanos } };
}

function queryResults(answers: readonly QueryAnswer[]): NonNullable<Completed['queryResults']> {
  return Object.fromEntries(
    answers.map(({ id, result, failure }) => [
      id,
      failure === undefined
        ? { resultType: QueryResultType.QUERY_RESULT_TYPE_ANSWERED, answer: optionalPayloadsOf(result) }
        : {
            resultType: QueryResultType.QUERY_RESULT_TYPE_FAILED,
            errorMessage: failure.message ?? '',
            failure: wireFailure(failure),
          },
    ]),
  );
}

/** The answer to a task that is nothing but a query. */
export function queryRequest(
  task: WorkflowTask,
  answer: TaskAnswer,
): temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest {
  const { taskToken } = task;
  const first = answer.status === 'completed' ? answer.queryAnswers[0] : undefined;
  const failure: WallFailure | undefined = first === undefined ? failureOf(answer) : first.failure;
  if (failure !== undefined) {
    return {
      taskToken,
      completedType: QueryResultType.QUERY_RESULT_TYPE_FAILED,
      errorMessage: failure.message ?? '',
      failure: wireFailure(failure),
    };
  }
  return {
    taskToken,
    completedType: QueryResultType.QUERY_RESULT_TYPE_ANSWERED,
    queryResult: optionalPayloadsOf(first?.result),
  };
}

function failureOf(answer: TaskAnswer): WallFailure {
  if (answer.status === 'failed') return answer.failure;
  return { message: `The workflow gave no answer to the query (task ${answer.status})` };
}

/** The report that a task failed. */
export function failedRequest(task: WorkflowTask, answer: Extract<TaskAnswer, { status: 'failed' }>): Failed {
  return {
    taskToken: task.taskToken,
    cause: answer.isNondeterminism
      ? WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR
      : WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE,
    failure: fromWallFailure(answer.failure) as Failed['failure'],
  };
}

/** The report that what a task asks for is too large to be sent. */
export function oversizeRequest(task: WorkflowTask, message: string): Failed {
  const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PAYLOADS_TOO_LARGE;
  return {
    taskToken: task.taskToken,
    cause,
    failure: { message, applicationFailureInfo: { type: 'PayloadsTooLarge' } },
  };
}

/** The completion that fails the run, where the worker was told that mismatches do. */
export function failedRunRequest(task: WorkflowTask, answer: Extract<TaskAnswer, { status: 'failed' }>): Completed {
  const failure = { applicationFailureInfo: { type: 'NondeterminismError' }, ...answer.failure };
  return {
    taskToken: task.taskToken,
    commands: [
      {
        commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
        failWorkflowExecutionCommandAttributes: { failure: wireFailure(failure) },
      },
    ],
  };
}

type Request = temporal.api.update.v1.Request;

function wireRequest({ id, identity, name, args, headers }: UpdateRequest): Request {
  return {
    meta: { updateId: id, identity },
    input: { header: { fields: payloadMapOf(headers) }, name, args: args.length === 0 ? undefined : payloadsOf(args) },
  };
}

function encodeProtocolMessage({ id, protocolInstanceId, body }: OutgoingMessage): temporal.api.protocol.v1.Message {
  const typed = (type: string, value: Uint8Array) => ({ typeUrl: `type.googleapis.com/${type}`, value });
  switch (body.kind) {
    case 'acceptance': {
      const type = 'temporal.api.update.v1.Acceptance';
      const value = encodeMessage(type, {
        acceptedRequestMessageId: body.request.requestMessageId,
        acceptedRequestSequencingEventId: body.request.sequencingEventId,
        acceptedRequest: wireRequest(body.request),
      });
      return { id, protocolInstanceId, body: typed(type, value) };
    }
    case 'rejection': {
      const type = 'temporal.api.update.v1.Rejection';
      const value = encodeMessage(type, {
        rejectedRequestMessageId: body.request.requestMessageId,
        rejectedRequestSequencingEventId: body.request.sequencingEventId,
        rejectedRequest: wireRequest(body.request),
        failure: wireFailure(body.failure),
      });
      return { id, protocolInstanceId, body: typed(type, value) };
    }
    case 'response': {
      const type = 'temporal.api.update.v1.Response';
      const outcome =
        body.failure === undefined
          ? { success: optionalPayloadsOf(body.result) ?? {} }
          : { failure: wireFailure(body.failure) };
      const meta = { updateId: body.updateId, identity: body.identity };
      return { id, protocolInstanceId, body: typed(type, encodeMessage(type, { meta, outcome })) };
    }
  }
}
