/**
 * A child workflow.
 *
 *   requested --childInitiated--> initiated --childStarted--> started --completed | failed | ...--> done
 *       |                            |                           |
 *     cancel (never sent)          cancel                      cancel
 *
 * A cancellation after the command left is a request to another execution (its events come back here as
 * `cancelInitiated`, `cancelDelivered`, `cancelFailed`). Whoever does not wait for its outcome is told at once; the child
 * is then `letGo`, and whatever it still does is ignored.
 */
import { defineMachine, stay, to, type Transition, type WallFailure, type WallPayload } from '@reprise/common';
import type { ChildCancellation, ChildResolution, ChildStartResolution, IntentOf } from '@reprise/workflow/runtime';
import { makeThing, type Effect, type Thing } from './thing.ts';

interface ChildFacts {
  readonly seq: number;
  readonly namespace: string;
  /** Set when the child lives in another namespace than its parent. */
  readonly otherNamespace?: string;
  readonly workflowId: string;
  readonly workflowType: string;
  readonly cancellation: ChildCancellation;
}
interface Initiated {
  readonly facts: ChildFacts;
  readonly initiatedEventId: number;
}
interface Started extends Initiated {
  readonly startedEventId: number;
  readonly runId: string;
}

export type ChildState =
  | { readonly kind: 'requested'; readonly facts: ChildFacts }
  | ({ readonly kind: 'initiated' } & Initiated)
  | ({ readonly kind: 'started' } & Started)
  | { readonly kind: 'letGo' }
  | { readonly kind: 'canceled'; readonly done: true }
  | { readonly kind: 'done'; readonly done: true };

export type ChildEnding = {
  readonly retryState: number;
  readonly failure?: WallFailure;
};

export type ChildInput =
  | { readonly kind: 'childInitiated'; readonly eventId: number }
  | { readonly kind: 'childStartFailed'; readonly cause: number }
  | { readonly kind: 'childStarted'; readonly eventId: number; readonly runId: string }
  | { readonly kind: 'childCompleted'; readonly result?: WallPayload }
  | ({ readonly kind: 'childFailed' } & ChildEnding)
  | ({ readonly kind: 'childTimedOut' } & ChildEnding)
  | ({ readonly kind: 'childTerminated' } & ChildEnding)
  | ({ readonly kind: 'childCanceled' } & ChildEnding)
  | { readonly kind: 'cancel'; readonly reason: string }
  | { readonly kind: 'cancelInitiated' }
  | { readonly kind: 'cancelDelivered' }
  | { readonly kind: 'cancelFailed' };

type Ended = Transition<ChildState, Effect>;
const done = { kind: 'done', done: true } as const;
const ALREADY_EXISTS = 1;

function tellStart(seq: number, resolution: ChildStartResolution): Effect {
  return { kind: 'tell', job: { kind: 'resolveChildStart', seq, resolution } };
}
function tell(seq: number, resolution: ChildResolution): Effect {
  return { kind: 'tell', job: { kind: 'resolveChild', seq, resolution } };
}

/** temporal.api.enums.v1.RetryState of children that were cancelled. */
const nonRetryable = 2;

function wrapped(message: string, state: Initiated | Started, ending: ChildEnding): WallFailure {
  const { facts, initiatedEventId } = state;
  const started = 'runId' in state ? state : { runId: '', startedEventId: 0 };
  return {
    message,
    childWorkflowExecutionFailureInfo: {
      namespace: facts.namespace,
      workflowExecution: { workflowId: facts.workflowId, runId: started.runId },
      workflowType: { name: facts.workflowType },
      initiatedEventId,
      startedEventId: started.startedEventId,
      retryState: ending.retryState,
    },
    ...(ending.failure === undefined ? {} : { cause: ending.failure }),
  };
}

function startFailed({ facts }: Initiated, { cause }: { readonly cause: number }): Ended {
  const { workflowId, workflowType } = facts;
  return to(
    done,
    tellStart(
      facts.seq,
      cause === ALREADY_EXISTS
        ? { status: 'alreadyExists', workflowId, workflowType }
        : { status: 'failed', cause, workflowId, workflowType },
    ),
  );
}

function ended(status: 'failed' | 'cancelled', message: string) {
  return (state: Started, ending: ChildEnding): Ended =>
    to(done, tell(state.facts.seq, { status, failure: wrapped(message, state, ending) }));
}

function cancelledFailure(state: Initiated | Started): WallFailure {
  const cause: WallFailure = { canceledFailureInfo: {} };
  return wrapped('Child Workflow execution cancelled', state, { retryState: nonRetryable, failure: cause });
}

function requestCancel(state: Initiated | Started, reason: string): Effect {
  const { workflowId, otherNamespace } = state.facts;
  const run = 'runId' in state ? { runId: state.runId } : {};
  const where = otherNamespace === undefined ? {} : { namespace: otherNamespace };
  return { kind: 'send', command: { kind: 'requestCancelChild', workflowId, ...run, reason, ...where } };
}

const waits = (facts: ChildFacts): boolean =>
  facts.cancellation === 'WAIT_CANCELLATION_COMPLETED' || facts.cancellation === 'WAIT_CANCELLATION_REQUESTED';

export const childMachine = defineMachine<ChildState, ChildInput, Effect>('child workflow', {
  requested: {
    childInitiated: ({ facts }, { eventId }) => to({ kind: 'initiated', facts, initiatedEventId: eventId }),
    cancel: ({ facts }, { reason }) => {
      const message = `Child Workflow Execution cancelled before scheduled: ${reason}`;
      const failure = wrapped(
        message,
        { facts, initiatedEventId: 0 },
        { retryState: nonRetryable, failure: { canceledFailureInfo: {} } },
      );
      return to(
        { kind: 'canceled', done: true },
        { kind: 'drop' },
        tellStart(facts.seq, { status: 'cancelled', failure }),
      );
    },
  },
  initiated: {
    childStarted: ({ facts, initiatedEventId }, { eventId, runId }) =>
      to(
        { kind: 'started', facts, initiatedEventId, startedEventId: eventId, runId },
        tellStart(facts.seq, { status: 'started', runId }),
      ),
    childStartFailed: startFailed,
    cancel: (state, { reason }) => {
      if (waits(state.facts)) return to(state, requestCancel(state, reason));
      const answer = tellStart(state.facts.seq, { status: 'cancelled', failure: cancelledFailure(state) });
      if (state.facts.cancellation === 'ABANDON') return to({ kind: 'letGo' }, answer);
      return to({ kind: 'letGo' }, requestCancel(state, reason), answer);
    },
    cancelInitiated: stay,
    cancelDelivered: stay,
    cancelFailed: stay,
  },
  started: {
    childCompleted: ({ facts }, { result }) =>
      to(done, tell(facts.seq, result === undefined ? { status: 'completed' } : { status: 'completed', result })),
    childFailed: ended('failed', 'Child Workflow execution failed'),
    childTimedOut: ended('failed', 'Child Workflow execution timed out'),
    childTerminated: ended('failed', 'Child Workflow execution terminated'),
    childCanceled: ended('cancelled', 'Child Workflow execution cancelled'),
    cancel: (state, { reason }) => {
      if (waits(state.facts)) return to(state, requestCancel(state, reason));
      const answer = tell(state.facts.seq, { status: 'cancelled', failure: cancelledFailure(state) });
      if (state.facts.cancellation === 'ABANDON') return to({ kind: 'letGo' }, answer);
      return to({ kind: 'letGo' }, requestCancel(state, reason), answer);
    },
    cancelInitiated: stay,
    // Recorded runs wait for the child to close even with WAIT_CANCELLATION_REQUESTED, so that is what replay has to do.
    cancelDelivered: stay,
    cancelFailed: stay,
  },
  letGo: {
    childStarted: stay,
    childStartFailed: () => to(done),
    childCompleted: () => to(done),
    childFailed: () => to(done),
    childTimedOut: () => to(done),
    childTerminated: () => to(done),
    childCanceled: () => to(done),
    cancel: stay,
    cancelInitiated: stay,
    cancelDelivered: stay,
    cancelFailed: stay,
  },
  canceled: { cancel: stay },
  done: { cancel: stay, cancelInitiated: stay, cancelDelivered: stay, cancelFailed: stay },
});

export function makeChild(intent: IntentOf<'startChild'>, ownNamespace: string): Thing {
  const { seq, workflowId, workflowType, cancellation } = intent;
  const namespace = intent.namespace ?? ownNamespace;
  const other = namespace === ownNamespace ? {} : { otherNamespace: namespace };
  return makeThing({
    kind: 'child',
    label: 'Child workflow',
    machine: childMachine,
    initial: { kind: 'requested', facts: { seq, namespace, workflowId, workflowType, cancellation, ...other } },
  });
}
