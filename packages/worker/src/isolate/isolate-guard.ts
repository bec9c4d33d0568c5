/**
 * Ends an isolate when a call into it outlasts its own time limit. isolated-vm reads what an unhandled rejection consists
 * of after that limit has been lifted, so that a getter there may run for ever.
 *
 * A second isolate looks, in a thread of its own, at memory that both share. It costs a call two additions.
 *
 * I1. The guard's isolate is disposed of only when nothing runs in it: else a process that exits then may crash.
 * I2. The guard sleeps when no call has been made for a while, so that it keeps no process alive; the next call wakes it.
 */
import type ivm from 'isolated-vm';
import { isolatedVm } from './isolated-vm.ts';

/** Cells of the shared memory: calls begun and ended (odd during one), whether it looks, to be stopped, ended. */
const CELL = { calls: 0, looks: 1, stop: 2, ended: 3 } as const;
const TICK_MS = 100;
const IDLE_TICKS = 5;

/** What the guard runs. Sets `looks` back before it looks a last time, so that no call goes by unseen (I2). */
const LOOK = `(() => {
  let last = 0;
  let ticks = 0;
  for (;;) {
    if (Atomics.wait(cells, ${CELL.stop}, 0, ${TICK_MS}) !== 'timed-out') return;
    const calls = Atomics.load(cells, ${CELL.calls});
    ticks = calls === last ? ticks + 1 : 0;
    last = calls;
    if (calls % 2 !== 0) {
      if (ticks <= patience) continue;
      Atomics.store(cells, ${CELL.ended}, 1);
      target.dispose();
      return;
    }
    if (ticks < ${IDLE_TICKS}) continue;
    Atomics.store(cells, ${CELL.looks}, 0);
    if (Atomics.load(cells, ${CELL.calls}) === calls) return;
    Atomics.store(cells, ${CELL.looks}, 1);
  }
})()`;

export class IsolateGuard {
  readonly #cells = new Int32Array(new SharedArrayBuffer(16));
  readonly #isolate: ivm.Isolate;
  readonly #context: ivm.Context;
  readonly #script: ivm.Script;
  #looking: Promise<void> = Promise.resolve();

  /** @param limitMs how long a call may take; the isolate is ended at the next look after it */
  constructor(target: ivm.Isolate, limitMs: number) {
    const { Isolate, ExternalCopy } = isolatedVm();
    this.#isolate = new Isolate({ memoryLimit: 8 });
    this.#context = this.#isolate.createContextSync();
    const { global } = this.#context;
    global.setSync('target', target);
    global.setSync('patience', Math.ceil(limitMs / TICK_MS));
    global.setSync('memory', new ExternalCopy(this.#cells.buffer).copyInto());
    this.#context.evalSync('globalThis.cells = new Int32Array(memory); undefined');
    this.#script = this.#isolate.compileScriptSync(LOOK);
  }

  /** Whether it was this guard that ended the isolate. */
  get hasEnded(): boolean {
    return Atomics.load(this.#cells, CELL.ended) === 1;
  }

  /** Makes a call that must return. */
  during<T>(call: () => T): T {
    Atomics.add(this.#cells, CELL.calls, 1);
    if (Atomics.exchange(this.#cells, CELL.looks, 1) === 0) this.#look();
    try {
      return call();
    } finally {
      Atomics.add(this.#cells, CELL.calls, 1);
    }
  }

  dispose(): void {
    Atomics.store(this.#cells, CELL.stop, 1);
    Atomics.notify(this.#cells, CELL.stop);
    void this.#looking.then(() => this.#isolate.dispose());
  }

  #look(): void {
    const before = this.#looking;
    const run = async (): Promise<void> => {
      const look = this.#script.run(this.#context);
      await before;
      await look;
    };
    this.#looking = run();
  }
}
