import { IllegalStateError } from '@reprise/common';
import { listenForCaught } from '../scope/caught.ts';
import { capturePlaces } from './place.ts';
import type { Run } from './run.ts';

/** The run whose code is on the stack or in the microtasks of this turn. Set by every entry from outside. */
let current: Run | undefined;

export function enterRun(run: Run): void {
  current = run;
  const { places } = run.creation;
  capturePlaces(places !== 'none');
  listenForCaught(places === 'eager');
}

export function leaveRun(run: Run): void {
  if (current === run) current = undefined;
}

/** The current run, or undefined outside workflow code. */
export function maybeCurrentRun(): Run | undefined {
  return current;
}

/** The current run. Throws IllegalStateError outside workflow code; `message` says what was tried. */
export function requireRun(message: string): Run {
  if (current === undefined) throw new IllegalStateError(message);
  return current;
}
