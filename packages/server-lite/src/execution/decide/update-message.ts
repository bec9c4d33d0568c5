/** What workers say about updates, and what it does. */
import { type temporal, WorkflowTaskFailedCause } from '@reprise/proto';
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
    | { readonly kind: 'response'; readonly value: Response };
}

const bad = (detail: string) =>
  new TaskProblem(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE, detail);

export function applyUpdateMessage(t: Transition, message: UpdateMessage, taskScheduledEventId: number): void {
  const { updateId, body } = message;
  const known = t.execution.updates.get(updateId);
  const request = body.kind === 'acceptance' ? body.value.acceptedRequest : undefined;
  // A worker may accept what a restart of the server has made it forget.
  if (!known && request) {
    t.note({ kind: 'updateAdmitted', updateId, request });
    t.note({ kind: 'updateSent', updateId });
  }
  const update = t.execution.updates.get(updateId);
  if (!update)
    throw bad(
      `update ${updateId} wasn't found on the server. This is most likely a transient error which will be resolved automatically by retries`,
    );
  if (body.kind === 'rejection') {
    if (!isOpen(update))
      throw bad(`received ${kindNames.rejection} message while in state ${stateNames[update.state]}`);
    rejectUpdate(t, updateId, body.value.failure ?? {});
  } else if (body.kind === 'acceptance') {
    if (!isOpen(update))
      throw bad(`received ${kindNames.acceptance} message while in state ${stateNames[update.state]}`);
    t.record('updateAccepted', {
      protocolInstanceId: updateId,
      acceptedRequestMessageId: body.value.acceptedRequestMessageId || `${updateId}/request`,
      acceptedRequestSequencingEventId: taskScheduledEventId,
      ...(update.admittedEventId ? {} : { acceptedRequest: update.request }),
    });
  } else {
    if (update.state !== 'accepted')
      throw bad(`received ${kindNames.response} message while in state ${stateNames[update.state]}`);
    t.record('updateCompleted', {
      meta: body.value.meta ?? { updateId },
      acceptedEventId: update.acceptedEventId,
      ...(body.value.outcome ? { outcome: body.value.outcome } : {}),
    });
  }
}

const isOpen = ({ state, admittedEventId }: Update): boolean =>
  state === 'sent' || (state === 'admitted' && admittedEventId > 0);

const kindNames = {
  acceptance: '*update.Acceptance',
  rejection: '*update.Rejection',
  response: '*update.Response',
} as const;

const stateNames = { admitted: 'Admitted', sent: 'Sent', accepted: 'Accepted', completed: 'Completed' } as const;

/** It is gone, as if it had never been, but for those who wait for its outcome. */
export function rejectUpdate(t: Transition, updateId: string, failure: Failure): void {
  t.note({ kind: 'updateGone', updateId });
  t.effects.push({ kind: 'updateRejected', run: t.execution.run, updateId, failure });
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
