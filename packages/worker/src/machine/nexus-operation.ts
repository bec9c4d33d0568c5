/**
 * A Nexus operation.
 *
 *   requested --nexusScheduled--> scheduled --nexusStarted--> started --completed | failed | ...--> done
 *       |                            |                          |
 *     cancel (never sent)          cancel                     cancel
 *
 * One that ends while `scheduled` was answered at once: its start and its result are told together.
 */
import { defineMachine, stay, to, type Transition, type WallFailure, type WallPayload } from '@reprise/common';
import type { IntentOf, NexusCancellation, NexusResolution } from '@reprise/workflow/runtime';
import { makeThing, type Effect, type Thing } from './thing.ts';

interface NexusFacts {
  readonly seq: number;
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  readonly cancellation: NexusCancellation;
}
interface Scheduled {
  readonly facts: NexusFacts;
  readonly scheduledEventId: number;
}

export type NexusState =
  | { readonly kind: 'requested'; readonly facts: NexusFacts }
  | ({ readonly kind: 'scheduled' } & Scheduled)
  | ({ readonly kind: 'started'; readonly token: string } & Scheduled)
  | { readonly kind: 'letGo' }
  | { readonly kind: 'canceled'; readonly done: true }
  | { readonly kind: 'done'; readonly done: true };

export type NexusInput =
  | { readonly kind: 'nexusScheduled'; readonly eventId: number }
  | { readonly kind: 'nexusStarted'; readonly token: string }
  | { readonly kind: 'nexusCompleted'; readonly result?: WallPayload }
  | { readonly kind: 'nexusFailed'; readonly failure: WallFailure }
  | { readonly kind: 'nexusTimedOut'; readonly failure: WallFailure }
  | { readonly kind: 'nexusCanceled'; readonly failure: WallFailure }
  | { readonly kind: 'nexusCancelRequested' }
  | { readonly kind: 'nexusCancelDelivered' }
  | { readonly kind: 'nexusCancelFailed'; readonly failure: WallFailure }
  | { readonly kind: 'cancel' };

type Ended = Transition<NexusState, Effect>;
const done = { kind: 'done', done: true } as const;

function tell(seq: number, resolution: NexusResolution): Effect {
  return { kind: 'tell', job: { kind: 'resolveNexus', seq, resolution } };
}

function ended(status: 'failed' | 'cancelled' | 'timedOut') {
  return (state: Scheduled, { failure }: { readonly failure: WallFailure }): Ended =>
    to(done, tell(state.facts.seq, { status, failure }));
}

function endedAtOnce({ facts }: Scheduled, { failure }: { readonly failure: WallFailure }): Ended {
  return to(done, { kind: 'tell', job: { kind: 'resolveNexusStart', seq: facts.seq, failure } });
}

function completed({ facts }: Scheduled, { result }: { readonly result?: WallPayload }): Ended {
  return to(done, tell(facts.seq, result === undefined ? { status: 'completed' } : { status: 'completed', result }));
}

function cancelledFailure(facts: NexusFacts, scheduledEventId: number, message: string): WallFailure {
  const { endpoint, service, operation } = facts;
  return {
    message: 'nexus operation completed unsuccessfully',
    cause: { message, canceledFailureInfo: {} },
    nexusOperationExecutionFailureInfo: { scheduledEventId, endpoint, service, operation, operationToken: '' },
  };
}

function request({ scheduledEventId }: Scheduled): Effect {
  return { kind: 'send', command: { kind: 'requestCancelNexusOperation', scheduledEventId } };
}

const waits = ({ cancellation }: NexusFacts): boolean =>
  cancellation === 'WAIT_CANCELLATION_COMPLETED' || cancellation === 'WAIT_CANCELLATION_REQUESTED';

function cancelStarted(state: Extract<NexusState, { kind: 'started' }>): Ended {
  const { facts, scheduledEventId } = state;
  if (waits(facts)) return to(state, request(state));
  const failure = cancelledFailure(facts, scheduledEventId, 'Nexus operation cancelled after starting');
  const answer = tell(facts.seq, { status: 'cancelled', failure });
  return facts.cancellation === 'ABANDON'
    ? to({ kind: 'letGo' }, answer)
    : to({ kind: 'letGo' }, request(state), answer);
}

function cancelScheduled(state: Extract<NexusState, { kind: 'scheduled' }>): Ended {
  const { facts, scheduledEventId } = state;
  if (waits(facts)) return to(state, request(state));
  const failure = cancelledFailure(facts, scheduledEventId, 'Nexus operation cancelled after starting');
  const answer: Effect = { kind: 'tell', job: { kind: 'resolveNexusStart', seq: facts.seq, failure } };
  return facts.cancellation === 'ABANDON'
    ? to({ kind: 'letGo' }, answer)
    : to({ kind: 'letGo' }, request(state), answer);
}

function cancelDelivered(state: Extract<NexusState, { kind: 'started' }>): Ended {
  const { facts, scheduledEventId } = state;
  if (facts.cancellation !== 'WAIT_CANCELLATION_REQUESTED') return stay(state);
  const failure = cancelledFailure(facts, scheduledEventId, 'Nexus operation cancellation request completed');
  return to({ kind: 'letGo' }, tell(facts.seq, { status: 'cancelled', failure }));
}

/** Whoever waits for the request to arrive gets what its handler said, since the operation goes on. */
function cancelFailed(
  state: Extract<NexusState, { kind: 'started' }>,
  input: { readonly failure: WallFailure },
): Ended {
  const { facts, scheduledEventId, token: operationToken } = state;
  if (facts.cancellation !== 'WAIT_CANCELLATION_REQUESTED') return stay(state);
  const { seq, endpoint, service, operation } = facts;
  const failure: WallFailure = {
    message: 'Nexus operation cancellation request failed',
    cause: input.failure,
    nexusOperationExecutionFailureInfo: { scheduledEventId, endpoint, service, operation, operationToken },
  };
  return to({ kind: 'letGo' }, tell(seq, { status: 'failed', failure }));
}

export const nexusMachine = defineMachine<NexusState, NexusInput, Effect>('nexus operation', {
  requested: {
    nexusScheduled: ({ facts }, { eventId }) => to({ kind: 'scheduled', facts, scheduledEventId: eventId }),
    cancel: ({ facts }) => {
      const failure = cancelledFailure(facts, 0, 'Nexus Operation cancelled before scheduled');
      return to(
        { kind: 'canceled', done: true },
        { kind: 'drop' },
        { kind: 'tell', job: { kind: 'resolveNexusStart', seq: facts.seq, failure } },
      );
    },
  },
  scheduled: {
    nexusStarted: ({ facts, scheduledEventId }, { token }) =>
      to(
        { kind: 'started', facts, scheduledEventId, token },
        { kind: 'tell', job: { kind: 'resolveNexusStart', seq: facts.seq, operationToken: token } },
      ),
    nexusCompleted: (state, input) => {
      const { effects } = completed(state, input);
      const start: Effect = {
        kind: 'tell',
        job: { kind: 'resolveNexusStart', seq: state.facts.seq, startedSync: true },
      };
      return to(done, start, ...effects);
    },
    nexusFailed: endedAtOnce,
    nexusTimedOut: endedAtOnce,
    nexusCanceled: endedAtOnce,
    cancel: cancelScheduled,
    nexusCancelRequested: stay,
    nexusCancelDelivered: stay,
    nexusCancelFailed: stay,
  },
  started: {
    nexusCompleted: completed,
    nexusFailed: ended('failed'),
    nexusTimedOut: ended('timedOut'),
    nexusCanceled: ended('cancelled'),
    cancel: cancelStarted,
    nexusCancelRequested: stay,
    nexusCancelDelivered: cancelDelivered,
    nexusCancelFailed: cancelFailed,
  },
  letGo: {
    nexusStarted: stay,
    nexusCompleted: () => to(done),
    nexusFailed: () => to(done),
    nexusTimedOut: () => to(done),
    nexusCanceled: () => to(done),
    cancel: stay,
    nexusCancelRequested: stay,
    nexusCancelDelivered: stay,
    nexusCancelFailed: stay,
  },
  canceled: { cancel: stay },
  done: { cancel: stay, nexusCancelRequested: stay, nexusCancelDelivered: stay, nexusCancelFailed: stay },
});

export function makeNexusOperation(intent: IntentOf<'scheduleNexusOperation'>): Thing {
  const { seq, endpoint, service, operation, cancellation } = intent;
  return makeThing({
    kind: 'nexus',
    label: 'Nexus operation',
    machine: nexusMachine,
    initial: { kind: 'requested', facts: { seq, endpoint, service, operation, cancellation } },
  });
}
