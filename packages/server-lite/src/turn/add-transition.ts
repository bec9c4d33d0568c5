import type { Transition } from '../execution/transition.ts';
import { encodeTransition } from '../runs/run-codec.ts';
import type { Turn } from './turn.ts';

/** By how much a transition makes a history grow. */
export interface Growth {
  readonly events: number;
  readonly bytes: number;
}

/** Puts what a transition has decided into the turn that commits it, as the next one of its run. */
export function addTransition(turn: Turn, t: Transition, { wasClosed }: { wasClosed: boolean }): Growth {
  const { execution, facts, batchStarts } = t;
  const { run, closed, status, transitionCount } = execution;
  const { batches, eventBytes, facts: unrecorded } = encodeTransition(facts, batchStarts);
  const row = { runKey: run.key, seq: transitionCount + 1, batches };
  turn.changes.transitions.push(unrecorded ? { ...row, facts: unrecorded } : row);
  turn.touched.add(run.key);
  if (closed && !wasClosed) turn.changes.closeRuns.push({ runKey: run.key, status, closeTimeMs: closed.timeMs });
  return { events: facts.filter(({ kind }) => kind === 'event').length, bytes: eventBytes };
}
