/** The calls that a signal cancels. A signal is listened to once, however many calls it is given to. */
import { status } from '../../call/status.ts';

import { LinkedList } from './linked-list.ts';
import type { Place } from './linked-list.ts';

/** What can be ended before it ends by itself. */
export interface Cancellable {
  giveUp(code: number, details: string, cause: unknown): void;
}

export class Cancellations {
  readonly #calls = new WeakMap<AbortSignal, LinkedList<Cancellable>>();

  add(signal: AbortSignal, call: Cancellable): Place<Cancellable> {
    let calls = this.#calls.get(signal);
    if (calls === undefined) {
      calls = new LinkedList();
      this.#calls.set(signal, calls);
      listen(signal, calls);
    }
    return calls.add(call);
  }

  remove(signal: AbortSignal, place: Place<Cancellable>): void {
    this.#calls.get(signal)?.remove(place);
  }
}

function listen(signal: AbortSignal, calls: LinkedList<Cancellable>): void {
  signal.addEventListener(
    'abort',
    () => {
      for (const call of calls.values()) call.giveUp(status.CANCELLED, 'Cancelled on client', signal.reason);
    },
    { once: true },
  );
}
