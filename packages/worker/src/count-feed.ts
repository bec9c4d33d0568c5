/** How many of something a worker has, for those who want to hear of every change. */

/** What hears of a count: a function, or an object with one. */
export type CountObserver = ((count: number) => void) | { next?: ((count: number) => void) | undefined };

export interface CountSubscription {
  readonly closed: boolean;
  unsubscribe(): void;
}

/**
 * A count that can be subscribed to. Libraries of observables take it, such as `from(worker.numInFlightActivities$)` of
 * rxjs; it has no operators of its own.
 */
export interface CountFeed {
  /** Tells the observer of the count as it is now, and then whenever it is found to have changed. */
  subscribe(observer: CountObserver): CountSubscription;
  /** The name by which such libraries recognise what can be subscribed to. */
  '@@observable'(): CountFeed;
}

/** The feeds of one worker: `check` is called when something may have changed, and looks at them in the next turn. */
export class CountFeeds {
  readonly #sources: { readonly read: () => number; last: number; readonly observers: Set<CountObserver> }[] = [];
  #isChecking = false;

  /** Makes a feed of what `read` gives. */
  feed(read: () => number): CountFeed {
    const source = { read, last: read(), observers: new Set<CountObserver>() };
    this.#sources.push(source);
    const feed: CountFeed = {
      subscribe: (observer) => {
        // One object may be given more than once.
        const own: CountObserver = { next: (count) => tell(observer, count) };
        source.observers.add(own);
        source.last = read();
        tell(observer, source.last);
        return {
          get closed() {
            return !source.observers.has(own);
          },
          unsubscribe: () => void source.observers.delete(own),
        };
      },
      '@@observable': () => feed,
    };
    return feed;
  }

  check(): void {
    if (this.#isChecking || this.#sources.every(({ observers }) => observers.size === 0)) return;
    this.#isChecking = true;
    setImmediate(() => {
      this.#isChecking = false;
      for (const source of this.#sources) {
        const count = source.read();
        if (count === source.last) continue;
        source.last = count;
        for (const observer of source.observers) tell(observer, count);
      }
    });
  }
}

function tell(observer: CountObserver, count: number): void {
  if (typeof observer === 'function') observer(count);
  else observer.next?.(count);
}
