import type { ActivityCancellation } from '@reprise/workflow/runtime';
import { activityMachine, type ActivityEnding, type ActivityInput, type ActivityState } from './activity.ts';
import { testMachine, type Row } from './machine-rows.suite.ts';

const ending: ActivityEnding = { startedEventId: 6, identity: 'w', retryState: 0, failure: { message: 'x' } };
const facts = (cancellation: ActivityCancellation) => ({
  seq: 1,
  activityId: '1',
  activityType: 'charge',
  cancellation,
});
const at = (
  kind: 'scheduled' | 'canceling' | 'cancelRequested' | 'lettingGo' | 'letGo',
  cancellation: ActivityCancellation = 'TRY_CANCEL',
): ActivityState => ({ kind, facts: facts(cancellation), scheduledEventId: 5 });
const requested: ActivityState = { kind: 'requested', facts: facts('TRY_CANCEL') };

const endings: readonly [ActivityInput, string][] = [
  [{ kind: 'activityCompleted', result: { d: '1' } }, 'tell resolveActivity completed'],
  [{ kind: 'activityFailed', ...ending }, 'tell resolveActivity failed'],
  [{ kind: 'activityTimedOut', ...ending }, 'tell resolveActivity failed'],
  [{ kind: 'activityCanceled', ...ending }, 'tell resolveActivity cancelled'],
];
const heard = (['scheduled', 'canceling', 'cancelRequested'] as const).flatMap((kind) =>
  endings.map(([input, told]): Row<ActivityState, ActivityInput> => [at(kind), input, 'done', [told]]),
);
const unheard = endings.flatMap(([input]): Row<ActivityState, ActivityInput>[] => [
  [at('lettingGo'), input, 'lettingGo'],
  [at('letGo'), input, 'done'],
]);
const started = (['scheduled', 'canceling', 'cancelRequested', 'lettingGo', 'letGo'] as const).map(
  (kind): Row<ActivityState, ActivityInput> => [at(kind), { kind: 'activityStarted' }, kind],
);
const cancelAgain = (['canceling', 'cancelRequested', 'lettingGo', 'letGo'] as const).map(
  (kind): Row<ActivityState, ActivityInput> => [at(kind), { kind: 'cancel' }, kind],
);

testMachine(activityMachine, [
  [requested, { kind: 'activityScheduled', eventId: 5 }, 'scheduled'],
  [requested, { kind: 'cancel' }, 'canceled', ['drop', 'tell resolveActivity cancelled']],
  [at('scheduled', 'WAIT_CANCELLATION_COMPLETED'), { kind: 'cancel' }, 'canceling', ['send requestCancelActivity']],
  [
    at('scheduled', 'TRY_CANCEL'),
    { kind: 'cancel' },
    'lettingGo',
    ['send requestCancelActivity', 'tell resolveActivity cancelled'],
  ],
  [at('scheduled', 'ABANDON'), { kind: 'cancel' }, 'letGo', ['tell resolveActivity cancelled']],
  [at('canceling'), { kind: 'activityCancelRequested' }, 'cancelRequested'],
  [at('lettingGo'), { kind: 'activityCancelRequested' }, 'letGo'],
  [{ kind: 'canceled', done: true }, { kind: 'cancel' }, 'canceled'],
  [{ kind: 'done', done: true }, { kind: 'cancel' }, 'done'],
  ...heard,
  ...unheard,
  ...started,
  ...cancelAgain,
]);
