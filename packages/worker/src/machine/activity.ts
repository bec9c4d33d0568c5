/**
 * An activity.
 *
 *   requested --activityScheduled--> scheduled --completed | failed | timedOut--> done
 *       |                               |
 *     cancel (never sent)             cancel: WAIT  --> canceling --cancelRequested--> cancelRequested --...--> done
 *                                             TRY   --> lettingGo --cancelRequested--> letGo --...--> done
 *                                             ABANDON --> letGo
 *
 * In `lettingGo` and `letGo` workflow code has its answer already, so whatever the activity still does is ignored.
 */
import { defineMachine, stay, to, type Transition, type WallFailure, type WallPayload } from '@reprise/common';
import type { ActivityCancellation, ActivityResolution, IntentOf } from '@reprise/workflow/runtime';
import { makeThing, type Effect, type Thing } from './thing.ts';

interface ActivityFacts {
  readonly seq: number;
  readonly activityId: string;
  readonly activityType: string;
  readonly cancellation: ActivityCancellation;
}
interface Scheduled {
  readonly facts: ActivityFacts;
  readonly scheduledEventId: number;
}

export type ActivityState =
  | { readonly kind: 'requested'; readonly facts: ActivityFacts }
  | ({ readonly kind: 'scheduled' } & Scheduled)
  | ({ readonly kind: 'canceling' } & Scheduled)
  | ({ readonly kind: 'cancelRequested' } & Scheduled)
  | ({ readonly kind: 'lettingGo' } & Scheduled)
  | ({ readonly kind: 'letGo' } & Scheduled)
  | { readonly kind: 'canceled'; readonly done: true }
  | { readonly kind: 'done'; readonly done: true };

export type ActivityEnding = {
  readonly startedEventId: number;
  readonly identity: string;
  readonly retryState: number;
  readonly failure?: WallFailure;
};

export type ActivityInput =
  | { readonly kind: 'activityScheduled'; readonly eventId: number }
  | { readonly kind: 'activityStarted' }
  | { readonly kind: 'activityCompleted'; readonly result?: WallPayload }
  | ({ readonly kind: 'activityFailed' } & ActivityEnding)
  | ({ readonly kind: 'activityTimedOut' } & ActivityEnding)
  | { readonly kind: 'activityCancelRequested' }
  | ({ readonly kind: 'activityCanceled' } & ActivityEnding)
  | { readonly kind: 'cancel' };

type Ended = Transition<ActivityState, Effect>;

const done = { kind: 'done', done: true } as const;

/** temporal.api.enums.v1.RetryState: a cancelled activity is not tried again. */
const cancelRequested = 7;

function tell(seq: number, resolution: ActivityResolution): Effect {
  return { kind: 'tell', job: { kind: 'resolveActivity', seq, isLocal: false, resolution } };
}

function wrapped(message: string, { facts, scheduledEventId }: Scheduled, ending: ActivityEnding): WallFailure {
  return {
    message,
    activityFailureInfo: {
      scheduledEventId,
      startedEventId: ending.startedEventId,
      identity: ending.identity,
      activityType: { name: facts.activityType },
      activityId: facts.activityId,
      retryState: ending.retryState,
    },
    ...(ending.failure === undefined ? {} : { cause: ending.failure }),
  };
}

/** The failure of an activity that workflow code cancelled and did not wait for. */
function cancelledFailure(facts: ActivityFacts, scheduledEventId: number): WallFailure {
  return wrapped(
    'Activity cancelled',
    { facts, scheduledEventId },
    { startedEventId: 0, identity: '', retryState: cancelRequested, failure: { canceledFailureInfo: {} } },
  );
}

function completed(state: Scheduled, input: { result?: WallPayload }): Ended {
  const resolution: ActivityResolution =
    input.result === undefined ? { status: 'completed' } : { status: 'completed', result: input.result };
  return to(done, tell(state.facts.seq, resolution));
}
function failed(state: Scheduled, input: ActivityEnding): Ended {
  return to(done, tell(state.facts.seq, { status: 'failed', failure: wrapped('Activity task failed', state, input) }));
}
function timedOut(state: Scheduled, input: ActivityEnding): Ended {
  const failure = wrapped('Activity task timed out', state, input);
  return to(done, tell(state.facts.seq, { status: 'failed', failure }));
}
function canceled(state: Scheduled, input: ActivityEnding): Ended {
  // The event has no retry state of its own: an activity is canceled because it was asked for.
  const failure = wrapped('Activity cancelled', state, { ...input, retryState: cancelRequested });
  return to(done, tell(state.facts.seq, { status: 'cancelled', failure }));
}
function forget(): Ended {
  return to(done);
}

function cancelScheduled({ facts, scheduledEventId }: Scheduled): Ended {
  const request: Effect = { kind: 'send', command: { kind: 'requestCancelActivity', scheduledEventId } };
  const answer = tell(facts.seq, { status: 'cancelled', failure: cancelledFailure(facts, scheduledEventId) });
  switch (facts.cancellation) {
    case 'WAIT_CANCELLATION_COMPLETED':
      return to({ kind: 'canceling', facts, scheduledEventId }, request);
    case 'TRY_CANCEL':
      return to({ kind: 'lettingGo', facts, scheduledEventId }, request, answer);
    case 'ABANDON':
      return to({ kind: 'letGo', facts, scheduledEventId }, answer);
  }
}

export const activityMachine = defineMachine<ActivityState, ActivityInput, Effect>('activity', {
  requested: {
    activityScheduled: ({ facts }, { eventId }) => to({ kind: 'scheduled', facts, scheduledEventId: eventId }),
    cancel: ({ facts }) =>
      to(
        { kind: 'canceled', done: true },
        { kind: 'drop' },
        tell(facts.seq, { status: 'cancelled', failure: cancelledFailure(facts, 0) }),
      ),
  },
  scheduled: {
    activityStarted: stay,
    activityCompleted: completed,
    activityFailed: failed,
    activityTimedOut: timedOut,
    activityCanceled: canceled,
    cancel: cancelScheduled,
  },
  canceling: {
    activityCancelRequested: ({ facts, scheduledEventId }) => to({ kind: 'cancelRequested', facts, scheduledEventId }),
    activityStarted: stay,
    activityCompleted: completed,
    activityFailed: failed,
    activityTimedOut: timedOut,
    activityCanceled: canceled,
    cancel: stay,
  },
  cancelRequested: {
    activityStarted: stay,
    activityCompleted: completed,
    activityFailed: failed,
    activityTimedOut: timedOut,
    activityCanceled: canceled,
    cancel: stay,
  },
  lettingGo: {
    activityCancelRequested: ({ facts, scheduledEventId }) => to({ kind: 'letGo', facts, scheduledEventId }),
    activityStarted: stay,
    activityCompleted: stay,
    activityFailed: stay,
    activityTimedOut: stay,
    activityCanceled: stay,
    cancel: stay,
  },
  letGo: {
    activityStarted: stay,
    activityCompleted: forget,
    activityFailed: forget,
    activityTimedOut: forget,
    activityCanceled: forget,
    cancel: stay,
  },
  canceled: { cancel: stay },
  done: { cancel: stay },
});

export function makeActivity(intent: IntentOf<'scheduleActivity'>): Thing {
  const { seq, activityId, activityType, cancellation } = intent;
  return makeThing({
    kind: 'activity',
    label: 'Activity',
    machine: activityMachine,
    initial: { kind: 'requested', facts: { seq, activityId, activityType, cancellation } },
  });
}
