/** A signal to another execution: requested --signalInitiated--> initiated --signalDelivered | signalFailed--> done. */
import { defineMachine, stay, to, type WallFailure } from '@reprise/common';
import type { IntentOf } from '@reprise/workflow/runtime';
import { externalFailure } from './external-failure.ts';
import { makeThing, type Effect, type Thing } from './thing.ts';

export type SignalExternalState =
  | { readonly kind: 'requested'; readonly seq: number }
  | { readonly kind: 'initiated'; readonly seq: number }
  | { readonly kind: 'canceled'; readonly done: true }
  | { readonly kind: 'done'; readonly done: true };

export type SignalExternalInput =
  | { readonly kind: 'signalInitiated' }
  | { readonly kind: 'signalDelivered' }
  | { readonly kind: 'signalFailed'; readonly cause: number }
  | { readonly kind: 'cancel' };

const reasons: Record<number, string> = {
  1: 'it was not found',
  3: 'The per-workflow signal limit was exceeded',
};

function tell(seq: number, failure?: WallFailure): Effect {
  return { kind: 'tell', job: { kind: 'resolveSignalExternal', seq, ...(failure === undefined ? {} : { failure }) } };
}

export const signalExternalMachine = defineMachine<SignalExternalState, SignalExternalInput, Effect>(
  'signal external',
  {
    requested: {
      signalInitiated: ({ seq }) => to({ kind: 'initiated', seq }),
      cancel: ({ seq }) =>
        to(
          { kind: 'canceled', done: true },
          { kind: 'drop' },
          tell(seq, { message: 'Signal was cancelled before being sent', canceledFailureInfo: {} }),
        ),
    },
    initiated: {
      signalDelivered: ({ seq }) => to({ kind: 'done', done: true }, tell(seq)),
      signalFailed: ({ seq }, { cause }) => {
        const message = `Unable to signal external workflow because ${reasons[cause] ?? 'unknown'}`;
        return to({ kind: 'done', done: true }, tell(seq, externalFailure(message, cause)));
      },
      cancel: stay,
    },
    canceled: { cancel: stay },
    done: { cancel: stay },
  },
);

export function makeSignalExternal(intent: IntentOf<'signalExternal'>): Thing {
  return makeThing({
    kind: 'signalExternal',
    label: 'Signal external WF',
    machine: signalExternalMachine,
    initial: { kind: 'requested', seq: intent.seq },
  });
}
