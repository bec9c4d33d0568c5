import type { ChildCancellation } from '@reprise/workflow/runtime';
import { childMachine, type ChildInput, type ChildState } from './child-workflow.ts';
import { testMachine, type Row } from './machine-rows.suite.ts';

const facts = (cancellation: ChildCancellation) => ({
  seq: 2,
  namespace: 'default',
  workflowId: 'c',
  workflowType: 'ship',
  cancellation,
});
const requested: ChildState = { kind: 'requested', facts: facts('WAIT_CANCELLATION_COMPLETED') };
const initiated = (cancellation: ChildCancellation): ChildState => ({
  kind: 'initiated',
  facts: facts(cancellation),
  initiatedEventId: 5,
});
const started = (cancellation: ChildCancellation): ChildState => ({
  kind: 'started',
  facts: facts(cancellation),
  initiatedEventId: 5,
  startedEventId: 6,
  runId: 'r',
});
const letGo: ChildState = { kind: 'letGo' };
const done: ChildState = { kind: 'done', done: true };
const cancel: ChildInput = { kind: 'cancel', reason: 'why' };
const wait = 'WAIT_CANCELLATION_COMPLETED';

const endings: readonly [ChildInput, string][] = [
  [{ kind: 'childCompleted' }, 'tell resolveChild completed'],
  [{ kind: 'childFailed', retryState: 0 }, 'tell resolveChild failed'],
  [{ kind: 'childTimedOut', retryState: 0 }, 'tell resolveChild failed'],
  [{ kind: 'childTerminated', retryState: 0 }, 'tell resolveChild failed'],
  [{ kind: 'childCanceled', retryState: 0 }, 'tell resolveChild cancelled'],
];
const requests: readonly ChildInput[] = [
  { kind: 'cancelInitiated' },
  { kind: 'cancelDelivered' },
  { kind: 'cancelFailed' },
];
const unmoved = (state: ChildState): Row<ChildState, ChildInput>[] =>
  requests.map((input) => [state, input, state.kind]);

testMachine(childMachine, [
  [requested, { kind: 'childInitiated', eventId: 5 }, 'initiated'],
  [requested, cancel, 'canceled', ['drop', 'tell resolveChildStart cancelled']],
  [initiated(wait), { kind: 'childStarted', eventId: 6, runId: 'r' }, 'started', ['tell resolveChildStart started']],
  [initiated(wait), { kind: 'childStartFailed', cause: 1 }, 'done', ['tell resolveChildStart alreadyExists']],
  [initiated(wait), { kind: 'childStartFailed', cause: 2 }, 'done', ['tell resolveChildStart failed']],
  [initiated(wait), cancel, 'initiated', ['send requestCancelChild']],
  [initiated('ABANDON'), cancel, 'letGo', ['tell resolveChildStart cancelled']],
  [initiated('TRY_CANCEL'), cancel, 'letGo', ['send requestCancelChild', 'tell resolveChildStart cancelled']],
  ...unmoved(initiated(wait)),
  ...endings.map(([input, told]): Row<ChildState, ChildInput> => [started(wait), input, 'done', [told]]),
  [started(wait), cancel, 'started', ['send requestCancelChild']],
  [started('ABANDON'), cancel, 'letGo', ['tell resolveChild cancelled']],
  [started('TRY_CANCEL'), cancel, 'letGo', ['send requestCancelChild', 'tell resolveChild cancelled']],
  ...unmoved(started(wait)),
  [started('WAIT_CANCELLATION_REQUESTED'), { kind: 'cancelDelivered' }, 'started'],
  ...endings.map(([input]): Row<ChildState, ChildInput> => [letGo, input, 'done']),
  [letGo, { kind: 'childStarted', eventId: 6, runId: 'r' }, 'letGo'],
  [letGo, { kind: 'childStartFailed', cause: 1 }, 'done'],
  [letGo, cancel, 'letGo'],
  ...unmoved(letGo),
  [{ kind: 'canceled', done: true }, cancel, 'canceled'],
  [done, cancel, 'done'],
  ...unmoved(done),
]);
