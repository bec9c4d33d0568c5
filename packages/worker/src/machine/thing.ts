/**
 * A thing is one timer, activity, child, ... of a run: a machine and its state. Things know nothing of each other; what
 * they want done comes back as effects, which `run-effects.ts` carries out.
 */
import type { Machine, Tagged } from '@reprise/common';
import type { Intent, Job } from '@reprise/workflow/runtime';
import type { CommandRequest, OutgoingMessage } from './command-request.ts';
import type { HistoryEvent } from './event-type.ts';
import { doesNotHandle } from './nondeterminism.ts';

export type Effect =
  /** A command joins the queue, to be sent, or to be matched with an event. */
  | { readonly kind: 'send'; readonly command: CommandRequest }
  /** The command that has not left yet is withdrawn. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'tell'; readonly job: Job }
  /** A message for the server that no command accompanies. */
  | { readonly kind: 'reply'; readonly message: OutgoingMessage }
  | { readonly kind: 'runLocally' }
  | { readonly kind: 'cancelLocally' }
  | { readonly kind: 'advanceTime'; readonly toMs: number };

export type ThingKind =
  | 'timer'
  | 'activity'
  | 'localActivity'
  | 'child'
  | 'signalExternal'
  | 'cancelExternal'
  | 'nexus'
  | 'patch'
  | 'changeVersion'
  | 'upsert'
  | 'properties'
  | 'update'
  | 'close';

export interface Thing {
  readonly kind: ThingKind;
  /** How mismatch texts call it. */
  readonly label: string;
  readonly stateKind: string;
  /** Nothing can happen to it any more. */
  readonly isDone: boolean;
  /** Applies what an event says. An input that the state does not know is a mismatch of `event` with `intent`. */
  takeEvent(input: ThingInput, event: HistoryEvent, intent: Intent): readonly Effect[];
  /** Applies what workflow code, or the worker, says. An input that the state does not know is a bug. */
  take(input: ThingInput): readonly Effect[];
}

/** Any input of any machine; which one takes it is known at run time only. */
export interface ThingInput extends Tagged {
  readonly [field: string]: unknown;
}

/** What a state needs besides its tag: `done: true` marks the states that nothing follows. */
export interface ThingState extends Tagged {
  readonly done?: true;
}

export function makeThing<State extends ThingState, Input extends Tagged>(options: {
  kind: ThingKind;
  label: string;
  machine: Machine<State, Input, Effect>;
  initial: State;
}): Thing {
  const { machine, label } = options;
  let state = options.initial;
  // An input reaches a machine through the tables of event-inputs.ts, which name only inputs of that machine's union.
  const step = (input: ThingInput): readonly Effect[] => {
    const transition = machine.step(state, input as Tagged as Input);
    state = transition.state;
    return transition.effects;
  };
  return {
    kind: options.kind,
    label,
    get stateKind() {
      return state.kind;
    },
    get isDone() {
      return state.done === true;
    },
    takeEvent(input, event, intent) {
      if (!machine.accepts(state, input.kind)) doesNotHandle(label, event, intent);
      return step(input);
    },
    take: step,
  };
}

export type SeqKind = 'timer' | 'activity' | 'child' | 'signal' | 'cancel' | 'nexus' | 'update';

export function thingKey(kind: SeqKind, seq: number | string): string {
  return `${kind}:${seq}`;
}

/** A thing among those of its run. */
export interface Member {
  /** Empty for things that nothing refers to again. */
  readonly key: string;
  readonly thing: Thing;
  /** What made it. */
  readonly intent: Intent;
}
