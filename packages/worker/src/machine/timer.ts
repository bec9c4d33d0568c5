/**
 * A timer.
 *
 *   requested --timerStarted--> running --timerFired--> fired
 *       |                          |
 *     cancel (never sent)        cancel --> canceling --timerCanceled--> canceled
 */
import { defineMachine, stay, to } from '@reprise/common';
import type { IntentOf } from '@reprise/workflow/runtime';
import { makeThing, type Effect, type Thing } from './thing.ts';

export type TimerState =
  | { readonly kind: 'requested'; readonly seq: number }
  | { readonly kind: 'running'; readonly seq: number }
  | { readonly kind: 'canceling'; readonly seq: number }
  | { readonly kind: 'fired'; readonly done: true }
  | { readonly kind: 'canceled'; readonly done: true };

export type TimerInput =
  | { readonly kind: 'timerStarted' }
  | { readonly kind: 'timerFired' }
  | { readonly kind: 'timerCanceled' }
  | { readonly kind: 'cancel' };

export const timerMachine = defineMachine<TimerState, TimerInput, Effect>('timer', {
  requested: {
    timerStarted: ({ seq }) => to({ kind: 'running', seq }),
    cancel: () => to({ kind: 'canceled', done: true }, { kind: 'drop' }),
  },
  running: {
    timerFired: ({ seq }) => to({ kind: 'fired', done: true }, { kind: 'tell', job: { kind: 'fireTimer', seq } }),
    cancel: ({ seq }) =>
      to({ kind: 'canceling', seq }, { kind: 'send', command: { kind: 'cancelTimer', timerId: String(seq) } }),
  },
  canceling: {
    timerCanceled: () => to({ kind: 'canceled', done: true }),
    cancel: stay,
  },
  fired: { cancel: stay },
  canceled: { cancel: stay },
});

export function makeTimer(intent: IntentOf<'startTimer'>): Thing {
  return makeThing({
    kind: 'timer',
    label: 'Timer',
    machine: timerMachine,
    initial: { kind: 'requested', seq: intent.seq },
  });
}
