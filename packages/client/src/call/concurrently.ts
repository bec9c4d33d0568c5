/** How much is under way, and how much waits to be taken. */
export interface ConcurrentlyOptions {
  readonly concurrency: number;
  /** Results that wait beside the work that is under way; any number by default. */
  readonly bufferLimit?: number | undefined;
}

/**
 * Applies `work` to the items of a source, up to `concurrency` at a time, and gives the results as they come. From the first
 * one that is asked for it goes on by itself, as far as the buffer allows. The first error ends it, after the results that
 * came before.
 */
export async function* concurrently<Item, Result>(
  source: AsyncIterator<Item>,
  work: (item: Item) => Promise<Result>,
  { concurrency, bufferLimit = Number.POSITIVE_INFINITY }: ConcurrentlyOptions,
): AsyncGenerator<Result> {
  const results: Result[] = [];
  const changed = new Pulse();
  let ended: { readonly error?: unknown } | undefined;
  let free = concurrency + Math.max(bufferLimit, 0);
  const lane = async (): Promise<void> => {
    for (;;) {
      while (free <= 0) await changed.next();
      free--;
      const next = await source.next();
      if (next.done === true || ended !== undefined) return;
      const result = await work(next.value);
      if (ended !== undefined) return;
      results.push(result);
      changed.beat();
    }
  };
  const end = (how: { readonly error?: unknown }): void => {
    ended ??= how;
    changed.beat();
  };
  Promise.all(Array.from({ length: concurrency }, lane)).then(
    () => end({}),
    (error: unknown) => end({ error }),
  );
  try {
    for (;;) {
      if (results.length > 0) {
        free++;
        changed.beat();
        yield results.shift() as Result;
      } else if (ended === undefined) await changed.next();
      else if ('error' in ended) throw ended.error;
      else return;
    }
  } finally {
    ended ??= {};
    // A source that is being asked for its next item ends when that has come.
    source.return?.().catch(() => undefined);
  }
}

/** What wakes everybody who waits for the next beat. */
class Pulse {
  #waiting = Promise.withResolvers<void>();

  next(): Promise<void> {
    return this.#waiting.promise;
  }

  beat(): void {
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers<void>();
  }
}
