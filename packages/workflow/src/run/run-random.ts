import { encodeUtf8 } from '@reprise/common';
import { alea, type RandomSource } from './alea.ts';

const STREAM_PREFIX = encodeUtf8('temporal-workflow-random-stream-v1');

function withLength(bytes: ArrayLike<number>): number[] {
  const length = bytes.length;
  return [(length >>> 24) & 0xff, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff, ...Array.from(bytes)];
}

/** The random numbers of a run: one main stream, and named streams that do not disturb it. */
export class RunRandom {
  #seed: readonly number[];
  #main: RandomSource | undefined;
  #named: Map<string, RandomSource> | undefined;

  constructor(seed: readonly number[]) {
    this.#seed = seed;
  }

  /** The next number of the main stream. */
  next(): number {
    this.#main ??= alea(this.#seed);
    return this.#main();
  }

  /** Starts all streams anew. */
  reseed(seed: readonly number[]): void {
    this.#seed = seed;
    this.#main = undefined;
    this.#named = undefined;
  }

  /** The stream of a name. */
  stream(name: string): RandomSource {
    this.#named ??= new Map();
    let source = this.#named.get(name);
    if (source === undefined) {
      source = alea([...STREAM_PREFIX, ...withLength(this.#seed), ...withLength(encodeUtf8(name))]);
      this.#named.set(name, source);
    }
    return source;
  }

  /** A generator that has nothing to do with the streams; for code that must not change the run. */
  throwAway(purpose: string): RandomSource {
    return alea([...withLength(this.#seed), ...encodeUtf8(purpose)]);
  }
}
