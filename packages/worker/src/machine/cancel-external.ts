/** A cancellation of another execution: requested --cancelInitiated--> initiated --cancelDelivered | cancelFailed--> done. */
import { defineMachine, to, type WallFailure } from '@reprise/common';
import type { IntentOf } from '@reprise/workflow/runtime';
import { externalFailure } from './external-failure.ts';
import { makeThing, type Effect, type Thing } from './thing.ts';

export type CancelExternalState =
  | { readonly kind: 'requested'; readonly seq: number }
  | { readonly kind: 'initiated'; readonly seq: number }
  | { readonly kind: 'done'; readonly done: true };

export type CancelExternalInput =
  | { readonly kind: 'cancelInitiated' }
  | { readonly kind: 'cancelDelivered' }
  | { readonly kind: 'cancelFailed'; readonly cause: number };

const reasons: Record<number, string> = { 1: 'not found' };

function tell(seq: number, failure?: WallFailure): Effect {
  return { kind: 'tell', job: { kind: 'resolveCancelExternal', seq, ...(failure === undefined ? {} : { failure }) } };
}

export const cancelExternalMachine = defineMachine<CancelExternalState, CancelExternalInput, Effect>(
  'cancel external',
  {
    requested: { cancelInitiated: ({ seq }) => to({ kind: 'initiated', seq }) },
    initiated: {
      cancelDelivered: ({ seq }) => to({ kind: 'done', done: true }, tell(seq)),
      cancelFailed: ({ seq }, { cause }) => {
        const message = `Unable to cancel external workflow because ${reasons[cause] ?? 'unknown'}`;
        return to({ kind: 'done', done: true }, tell(seq, externalFailure(message, cause)));
      },
    },
    done: {},
  },
);

export function makeCancelExternal(intent: IntentOf<'cancelExternal'>): Thing {
  return makeThing({
    kind: 'cancelExternal',
    label: 'Cancel external WF',
    machine: cancelExternalMachine,
    initial: { kind: 'requested', seq: intent.seq },
  });
}
