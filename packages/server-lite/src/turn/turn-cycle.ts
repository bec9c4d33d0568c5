/**
 * When turns are written, and when those who wait for them hear of it.
 *
 * A turn is written when its step of the event loop ends. What follows from it at once is a turn of its own, written with the
 * next step. When nothing follows any more, one wait for the disk makes all of them durable, and then their callers are told.
 * What is decided meanwhile is written together, when that wait is over: the slower the disk, the more changes share it.
 *
 * I1. Turns are written in the order in which they were opened, and the store loses none without those after it.
 * I2. Nothing is written while the disk is waited for.
 * I3. What is written and not durable is in `#written`, and whoever has seen it waits for it.
 */
import { unavailable } from '../errors.ts';
import { Turn } from './turn.ts';

export interface TurnCycleOptions {
  /** Gives the turn to the store, and begins what follows from it. @throws what the store throws; then nothing was kept */
  readonly write: (turn: Turn) => void;
  /** Makes durable what has been written: undefined when it is already. */
  readonly sync: () => Promise<void> | undefined;
  readonly syncNow: () => void;
  /** The turn is durable. */
  readonly settled: (turn: Turn) => void;
  /** What callers are told instead of the error of the store. */
  readonly unwritten: (turn: Turn, error: unknown) => Error;
  readonly unsettled: (error: unknown) => Error;
}

const retryAfterMs = 100;
/** So many turns follow each other before somebody hears of them: a child that starts takes three. */
const mostTurns = 3;

export class TurnCycle {
  readonly #options: TurnCycleOptions;
  #open: Turn | undefined;
  #written: Turn[] = [];
  #isSyncing = false;
  #isScheduled = false;
  #isOver = false;

  constructor(options: TurnCycleOptions) {
    this.#options = options;
  }

  /** The turn that what is decided now belongs to, if anything has been decided. */
  get open(): Turn | undefined {
    return this.#open;
  }

  /** The last turn that is not known to be durable. */
  get last(): Turn | undefined {
    return this.#open ?? this.#written.at(-1);
  }

  /** @throws ServiceError UNAVAILABLE when all is over */
  begin(): Turn {
    if (this.#isOver) throw unavailable('the server is shutting down');
    if (!this.#open) {
      this.#open = new Turn();
      this.#schedule();
    }
    return this.#open;
  }

  /** Writes what is left, and waits for the disk. Nothing is written after that. */
  finish(): void {
    while (this.#open) this.#write(this.#open);
    let failure: unknown;
    try {
      this.#options.syncNow();
    } catch (error) {
      failure = error;
    }
    this.#tell(this.#written.length, failure);
    this.#isOver = true;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isSyncing || this.#isOver) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#step();
    });
  }

  #step(): void {
    if (this.#isSyncing) return;
    if (this.#open) this.#write(this.#open);
    else if (this.#written.length > 0) return this.#sync();
    if (this.#written.length >= mostTurns) this.#sync();
    else if (this.#written.length > 0) this.#schedule();
  }

  #write(turn: Turn): void {
    this.#open = undefined;
    try {
      this.#options.write(turn);
    } catch (error) {
      const told = this.#options.unwritten(turn, error);
      turn.written.reject(told);
      turn.settled.reject(told);
      return;
    }
    this.#written.push(turn);
    turn.written.resolve();
  }

  #sync(): void {
    const synced = this.#options.sync();
    if (!synced) return this.#tell(this.#written.length);
    const count = this.#written.length;
    this.#isSyncing = true;
    void synced
      .then(
        () => this.#tell(count),
        (error: unknown) => this.#tell(count, error),
      )
      .finally(() => {
        this.#isSyncing = false;
        if (this.#open) this.#schedule();
      });
  }

  /** Those who wait for the first so many turns hear how it went. */
  #tell(count: number, error?: unknown): void {
    const turns = this.#written.splice(0, count);
    if (error !== undefined) return this.#fail(turns, error);
    for (const turn of turns) {
      turn.settled.resolve();
      this.#options.settled(turn);
    }
  }

  /** I3. The callers know no better, so what stands for their turns goes on waiting. */
  #fail(turns: readonly Turn[], error: unknown): void {
    const told = this.#options.unsettled(error);
    const remains = new Turn();
    for (const turn of turns) {
      turn.settled.reject(told);
      remains.effects.push(...turn.effects);
    }
    this.#written.unshift(remains);
    setTimeout(() => this.#schedule(), retryAfterMs).unref();
  }
}
