/** What workers say about updates, and what it does. */
import { type temporal, WorkflowTaskFailedCause } from '@reprise/proto';
import { isRunning } from '../execution.ts';
import { TaskProblem } from '../task-problem.ts';
import type { Transition } from '../transition.ts';
import type { Update } from '../update-state.ts';
import type { Failure } from '../wire.ts';

type Acceptance = temporal.api.update.v1.Acceptance;
type Rejection = temporal.api.update.v1.Rejection;
type Response = temporal.api.update.v1.Response;

/** A protocol message of a completion, with its body read. */
export interface UpdateMessage {
  readonly id: string;
  readonly updateId: string;
  readonly body:
    | { readonly kind: 'acceptance'; readonly value: Acceptance }
    | { readonly kind: 'rejection'; readonly value: Rejection }
    | { readonly kind: 'response'; readonly value: Response }
    | { readonly kind: 'other'; readonly type: string }
    | { readonly kind: 'unreadable'; readonly problem: Error };
}

export const badMessage = (detail: string): TaskProblem =>
  new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE, detail);

/** @param taskEventId of the completed workflow task; 0 when it leaves none */
export function applyUpdateMessage(t: Transition, message: UpdateMessage, taskEventId: number): void {
  const { updateId, body } = message;
  if (body.kind === 'unreadable') throw body.problem;
  resurrect(t, message);
  const update = t.execution.updates.get(updateId);
  if (!update)
    throw badMessage(
      `update ${updateId} wasn't found on the server. This is most likely a transient error which will be resolved automatically by retries`,
    );
  if (body.kind === 'other') throw badMessage(`Message type ${body.type} not supported`);
  if (!isRunning(t.execution) && body.kind !== 'rejection') return;
  const state = stateName(update, taskEventId);
  const fits = body.kind === 'response' ? update.state === 'accepted' : isOpen(update);
  if (!fits) {
    throw badMessage(
      `invalid state transition attempted for Update ${updateId}: received ${kindNames[body.kind]} message while in state ${state}`,
    );
  }
  const problem = messageProblem(updateId, body);
  if (problem !== undefined) throw badMessage(`invalid ${kindNames[body.kind]}: ${problem}`);
  if (body.kind === 'rejection') rejectUpdate(t, updateId, body.value.failure ?? {});
  else if (body.kind === 'acceptance') {
    t.record('updateAccepted', {
      protocolInstanceId: updateId,
      acceptedRequestMessageId: `${updateId}/request`,
      acceptedRequestSequencingEventId: body.value.acceptedRequestSequencingEventId ?? 0,
      ...(update.admittedEventId ? {} : { acceptedRequest: update.request }),
    });
  } else {
    t.record('updateCompleted', {
      meta: body.value.meta,
      acceptedEventId: update.acceptedEventId,
      outcome: body.value.outcome,
    });
  }
}

/** A worker may deal with what a restart of the server has made it forget. */
function resurrect(t: Transition, { updateId, body }: UpdateMessage): void {
  if (t.execution.updates.has(updateId) || !isRunning(t.execution)) return;
  const request =
    body.kind === 'acceptance'
      ? body.value.acceptedRequest
      : body.kind === 'rejection'
        ? body.value.rejectedRequest
        : undefined;
  if (!request) return;
  t.note({ kind: 'updateAdmitted', updateId, request });
  t.note({ kind: 'updateSent', updateId });
}

/** What a message lacks, or undefined. */
function messageProblem(updateId: string, body: UpdateMessage['body']): string | undefined {
  if (body.kind === 'acceptance') {
    if (!body.value.acceptedRequestSequencingEventId) return 'accepted_request_sequencing_event_id is not set';
    return body.value.acceptedRequestMessageId ? undefined : 'accepted_request_message_id is not set';
  }
  if (body.kind !== 'response') return undefined;
  const { meta, outcome } = body.value;
  if (!meta) return 'meta is not set';
  if (!meta.updateId) return 'meta.update_id is not set';
  if (meta.updateId !== updateId) return `meta.update_id != ${updateId}`;
  return outcome ? undefined : 'outcome is not set';
}

const isOpen = ({ state }: Update): boolean => state === 'sent' || state === 'admitted';

const kindNames = {
  acceptance: '*update.Acceptance',
  rejection: '*update.Rejection',
  response: '*update.Response',
} as const;

const stateNames = { admitted: 'Admitted', sent: 'Sent', accepted: 'Accepted', completed: 'Completed' } as const;

/** What the same completion has done to it is not settled yet. */
function stateName(update: Update, taskEventId: number): string {
  const changedAt = update.state === 'completed' ? update.completedEventId : update.acceptedEventId;
  const isUnsettled = taskEventId > 0 && changedAt > taskEventId;
  return `${isUnsettled ? 'Provisionally' : ''}${stateNames[update.state]}`;
}

/** It is gone, as if it had never been, but for those who wait for its outcome. */
export function rejectUpdate(t: Transition, updateId: string, failure: Failure): void {
  t.note({ kind: 'updateGone', updateId });
  t.effects.push({ kind: 'updateEnded', run: t.execution.run, updateId, end: { kind: 'rejected', failure } });
}

const unprocessed: Failure = {
  message:
    "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.",
  source: 'Server',
  applicationFailureInfo: { type: 'UnprocessedUpdate', nonRetryable: true },
};

/** What a worker was sent and did not mention. */
export function rejectUnprocessed(t: Transition): void {
  for (const update of [...t.execution.updates.values()]) {
    if (update.state === 'sent') rejectUpdate(t, update.updateId, unprocessed);
  }
}

/** A worker that is still at its task is sent them again with the next. */
export function returnUnprocessed(t: Transition): void {
  for (const { updateId, state } of [...t.execution.updates.values()]) {
    if (state === 'sent') t.note({ kind: 'updateReturned', updateId });
  }
}

/** A refused completion ends what was sent with its task: the next one does not bring it again. */
export function abortSent(t: Transition): void {
  for (const { updateId, state } of [...t.execution.updates.values()]) {
    if (state !== 'sent') continue;
    t.note({ kind: 'updateGone', updateId });
    t.effects.push({ kind: 'updateEnded', run: t.execution.run, updateId, end: { kind: 'aborted' } });
  }
}
