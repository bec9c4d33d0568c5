import { IllegalStateError, type TypeInfo } from '@reprise/common';
import type { Converters } from './converters.ts';
import type { CancelListener, CancelScope } from './cancel-scope.ts';
import type { Place } from './place.ts';

/** The things that workflow code waits for by number. */
export type PendingKind =
  | 'timer'
  | 'activity'
  | 'childStart'
  | 'child'
  | 'signalExternal'
  | 'cancelExternal'
  | 'nexusStart'
  | 'nexus';

export interface Waiting extends CancelListener {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** Where workflow code asked; undefined when it was not workflow code. */
  place?: Place | undefined;
  /** Of what is waited for, when that is not the run itself. */
  converters?: Converters;
  /** What is declared of the type of the result. */
  outputType?: TypeInfo | undefined;
  /** The scope that it listens to. */
  scope?: CancelScope;
}

/** What a run waits for. Maps are made when the first of a kind appears. */
export class Pending {
  readonly #byKind = new Map<PendingKind, Map<number, Waiting>>();

  add(kind: PendingKind, seq: number, waiting: Waiting): void {
    let waitings = this.#byKind.get(kind);
    if (waitings === undefined) this.#byKind.set(kind, (waitings = new Map()));
    waitings.set(seq, waiting);
  }

  has(kind: PendingKind, seq: number): boolean {
    return this.#byKind.get(kind)?.has(seq) === true;
  }

  /** Takes out the one that waits, or undefined when there is none. */
  take(kind: PendingKind, seq: number): Waiting | undefined {
    const waitings = this.#byKind.get(kind);
    const waiting = waitings?.get(seq);
    if (waitings === undefined || waiting === undefined) return undefined;
    waitings.delete(seq);
    waiting.scope?.unlisten(waiting);
    return waiting;
  }

  /** What waits for one thing goes on to wait for the next, and keeps its place among the listeners of its scope. */
  pass(from: PendingKind, to: PendingKind, { seq, next }: { seq: number; next: Pick<Waiting, 'resolve' | 'reject'> }) {
    const waiting = this.#byKind.get(from)?.get(seq);
    if (waiting === undefined) throw missing(from, seq);
    this.#byKind.get(from)?.delete(seq);
    const { resolve, reject } = waiting;
    this.add(to, seq, Object.assign(waiting, next));
    return { resolve, reject };
  }

  /** Takes out the one that waits. Throws when there is none. */
  require(kind: PendingKind, seq: number): Waiting {
    const waiting = this.take(kind, seq);
    if (waiting === undefined) throw missing(kind, seq);
    return waiting;
  }

  /** Everything that waits, by kind. */
  *all(): Generator<Waiting> {
    for (const waitings of this.#byKind.values()) yield* waitings.values();
  }
}

function missing(kind: PendingKind, seq: number): IllegalStateError {
  return new IllegalStateError(`No completion for taskSeq ${seq}: nothing waits for ${kind} ${seq}`);
}

const ignore = (): void => undefined;

/** For what no cancellation reaches. */
export const NOT_CANCELLED: (reason: unknown) => void = ignore;
