/** The calls that a signal cancels. A signal is listened to once, however many calls it is given to. */
import { status } from '../../call/status.ts';

/** What can be ended before it ends by itself. */
interface Cancellable {
  giveUp(code: number, details: string, cause: unknown): void;
}

export class Cancellations {
  readonly #calls = new WeakMap<AbortSignal, Set<Cancellable>>();

  add(signal: AbortSignal, call: Cancellable): void {
    let calls = this.#calls.get(signal);
    if (calls === undefined) {
      calls = new Set();
      this.#calls.set(signal, calls);
      listen(signal, calls);
    }
    calls.add(call);
  }

  delete(signal: AbortSignal, call: Cancellable): void {
    this.#calls.get(signal)?.delete(call);
  }
}

function listen(signal: AbortSignal, calls: Set<Cancellable>): void {
  signal.addEventListener(
    'abort',
    () => {
      for (const call of calls) call.giveUp(status.CANCELLED, 'Cancelled on client', signal.reason);
    },
    { once: true },
  );
}
