/**
 * A local activity: run by the worker inside the workflow task; only its outcome is recorded, as a marker.
 *
 *   live:    running --resolvedLocally--> recording --markerRecorded--> done
 *   replay:  awaitingMarker --markerPeeked--> preResolved --markerRecorded--> done
 *                 \--goLive (history ends without the marker)--> running
 */
import { defineMachine, stay, to, type WallFailure } from '@reprise/common';
import type { ActivityCancellation, ActivityResolution, IntentOf } from '@reprise/workflow/runtime';
import type { LocalActivityRecord } from './command-request.ts';
import { makeThing, type Effect, type Thing } from './thing.ts';

interface LocalFacts {
  readonly seq: number;
  readonly activityId: string;
  readonly activityType: string;
  readonly attempt: number;
  readonly cancellation: ActivityCancellation;
  readonly userMetadata: IntentOf<'scheduleLocalActivity'>['userMetadata'];
}

export type LocalActivityState =
  | { readonly kind: 'awaitingMarker'; readonly facts: LocalFacts }
  | { readonly kind: 'running'; readonly facts: LocalFacts }
  | { readonly kind: 'canceling'; readonly facts: LocalFacts }
  | { readonly kind: 'preResolved' }
  | { readonly kind: 'recording' }
  | { readonly kind: 'done'; readonly done: true };

export type LocalActivityInput =
  | { readonly kind: 'markerPeeked'; readonly resolution: ActivityResolution; readonly completeTimeMs: number }
  | { readonly kind: 'markerRecorded' }
  | { readonly kind: 'goLive' }
  | { readonly kind: 'resolvedLocally'; readonly resolution: ActivityResolution; readonly record: LocalActivityRecord }
  | { readonly kind: 'cancel'; readonly nowMs: number };

const cancelled: WallFailure = { message: 'Activity cancelled', canceledFailureInfo: {} };

const metadataOf = ({ userMetadata }: LocalFacts): Pick<LocalActivityRecord, 'userMetadata'> =>
  userMetadata === undefined ? {} : { userMetadata };

/** temporal.api.enums.v1.RetryState of activities that were cancelled; the published SDK says it of timeouts as well. */
const cancelRequested = 7;

/** The code is told which activity was cancelled or timed out; the marker has the bare cancellation or timeout. */
function tell({ seq, activityType, activityId }: LocalFacts, resolution: ActivityResolution): Effect {
  const ended = howItEnded(resolution);
  if (ended === undefined || !('failure' in resolution)) {
    return { kind: 'tell', job: { kind: 'resolveActivity', seq, isLocal: true, resolution } };
  }
  const failure: WallFailure = {
    message: `Local Activity ${ended}`,
    activityFailureInfo: { activityType: { name: activityType }, activityId, retryState: cancelRequested },
    cause: resolution.failure,
  };
  const told: ActivityResolution = { status: resolution.status, failure };
  return { kind: 'tell', job: { kind: 'resolveActivity', seq, isLocal: true, resolution: told } };
}

function howItEnded(resolution: ActivityResolution): string | undefined {
  if (resolution.status === 'cancelled') return 'cancelled';
  return resolution.status === 'failed' && resolution.failure.timeoutFailureInfo ? 'timed out' : undefined;
}

function record(facts: LocalFacts, nowMs: number): Effect {
  const { seq, attempt, activityId, activityType } = facts;
  const times = { completeTimeMs: nowMs, originalScheduleTimeMs: nowMs };
  const marker: LocalActivityRecord = {
    seq,
    attempt,
    activityId,
    activityType,
    ...times,
    failure: cancelled,
    ...metadataOf(facts),
  };
  return { kind: 'send', command: { kind: 'recordLocalActivity', record: marker } };
}

const recordOutcome = (
  { facts }: { readonly facts: LocalFacts },
  input: Extract<LocalActivityInput, { kind: 'resolvedLocally' }>,
) =>
  to<LocalActivityState, Effect>(
    { kind: 'recording' },
    { kind: 'advanceTime', toMs: input.record.completeTimeMs },
    tell(facts, input.resolution),
    { kind: 'send', command: { kind: 'recordLocalActivity', record: { ...input.record, ...metadataOf(facts) } } },
  );

export const localActivityMachine = defineMachine<LocalActivityState, LocalActivityInput, Effect>('local activity', {
  awaitingMarker: {
    markerPeeked: ({ facts }, { resolution, completeTimeMs }) =>
      to({ kind: 'preResolved' }, { kind: 'advanceTime', toMs: completeTimeMs }, tell(facts, resolution)),
    goLive: ({ facts }) => to({ kind: 'running', facts }, { kind: 'runLocally' }),
    cancel: (state) =>
      state.facts.cancellation === 'WAIT_CANCELLATION_COMPLETED'
        ? stay(state)
        : to({ kind: 'preResolved' }, tell(state.facts, { status: 'cancelled', failure: cancelled })),
  },
  running: {
    goLive: stay,
    resolvedLocally: recordOutcome,
    cancel: ({ facts }, { nowMs }) => {
      const answer = tell(facts, { status: 'cancelled', failure: cancelled });
      switch (facts.cancellation) {
        case 'WAIT_CANCELLATION_COMPLETED':
          return to({ kind: 'canceling', facts }, { kind: 'cancelLocally' });
        case 'TRY_CANCEL':
          return to({ kind: 'recording' }, { kind: 'cancelLocally' }, answer, record(facts, nowMs));
        case 'ABANDON':
          return to({ kind: 'recording' }, answer, record(facts, nowMs));
      }
    },
  },
  canceling: { goLive: stay, resolvedLocally: recordOutcome, cancel: stay },
  // A marker that was peeked at before the code cancelled needs no second answer.
  preResolved: {
    markerPeeked: stay,
    markerRecorded: () => to({ kind: 'done', done: true }),
    goLive: stay,
    cancel: stay,
  },
  recording: {
    markerRecorded: () => to({ kind: 'done', done: true }),
    goLive: stay,
    resolvedLocally: stay,
    cancel: stay,
  },
  done: { cancel: stay },
});

export function makeLocalActivity(intent: IntentOf<'scheduleLocalActivity'>, replaying: boolean): Thing {
  const { seq, activityId, activityType, attempt, cancellation, userMetadata } = intent;
  const facts = { seq, activityId, activityType, attempt, cancellation, userMetadata };
  return makeThing({
    kind: 'localActivity',
    label: 'Local activity',
    machine: localActivityMachine,
    initial: replaying ? { kind: 'awaitingMarker', facts } : { kind: 'running', facts },
  });
}
