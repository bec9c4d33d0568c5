import { fillRandom, uuidFrom, type RandomSource } from '../run/alea.ts';
import { requireRun } from '../run/current-run.ts';
import { runWith } from '../scope/async-scope.ts';

/** Random numbers that replay repeats. */
export interface WorkflowRandomStream {
  /** A number in [0, 1). */
  random(): number;
  /** A UUID of version 4. */
  uuid4(): string;
  /** Fills the array and returns it. */
  fill(bytes: Uint8Array): Uint8Array;
  /** Runs `fn`; in it, `Math.random` and `uuid4` draw from this stream. */
  with<T>(fn: () => T): T;
}

function streamOf(source: () => RandomSource): WorkflowRandomStream {
  return Object.freeze({
    random: () => source()(),
    uuid4: () => uuidFrom(source()),
    fill: (bytes: Uint8Array) => fillRandom(source(), bytes),
    with: <T>(fn: () => T) => runWith({ random: () => source()() }, fn),
  });
}

/**
 * A stream of random numbers of its own: what it draws does not change what others draw. The same name gives the same
 * stream.
 *
 * @throws IllegalStateError outside workflow code
 * @example const ids = getRandomStream('my-library'); ids.uuid4();
 */
export function getRandomStream(name: string): WorkflowRandomStream {
  const run = requireRun('Workflow.getRandomStream(...) may only be used from workflow context.');
  if (typeof name !== 'string' || name === '')
    throw new TypeError('The name of a random stream must be non-empty text');
  return streamOf(() => (run.throwAwayRandom === undefined ? run.random.stream(name) : run.throwAwayRandom));
}

/** The main stream, whatever stream the calling code is in. */
export const workflowRandom: WorkflowRandomStream = streamOf(() => {
  const run = requireRun('Workflow.workflowRandom may only be used from workflow context.');
  return run.throwAwayRandom ?? (() => run.random.next());
});
