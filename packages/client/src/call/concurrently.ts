/**
 * Applies `work` to the items of a source, up to `concurrency` at a time, and gives the results as they come. At most
 * `bufferLimit` results wait to be taken. The first error ends it.
 */
export async function* concurrently<Item, Result>(
  source: AsyncIterator<Item>,
  work: (item: Item) => Promise<Result>,
  { concurrency, bufferLimit = Number.POSITIVE_INFINITY }: { concurrency: number; bufferLimit?: number | undefined },
): AsyncGenerator<Result> {
  const running = new Set<Promise<void>>();
  const results: Result[] = [];
  let error: { readonly reason: unknown } | undefined;
  let ended = false;
  try {
    while (!ended || running.size > 0 || results.length > 0) {
      if (error !== undefined) throw error.reason;
      if (!ended && running.size < concurrency && running.size + results.length < Math.max(bufferLimit, 1)) {
        const next = await source.next();
        if (next.done === true) ended = true;
        else start(next.value);
        continue;
      }
      const result = results.shift();
      if (result !== undefined) yield result;
      else await Promise.race(running);
    }
    if (error !== undefined) throw error.reason;
  } finally {
    await source.return?.();
  }

  function start(item: Item): void {
    const task: Promise<void> = work(item)
      .then((result) => {
        results.push(result);
      })
      .catch((reason: unknown) => {
        error ??= { reason };
      })
      .finally(() => {
        running.delete(task);
      });
    running.add(task);
  }
}
