const MB = 1024 * 1024;
const LEAST_GROWTH_BYTES = 8 * MB;
const LEAST_GROWTH = 1.25;
/** More takes longer than a task should have to wait; V8 collects by itself before as much again is in use. */
const LARGEST_BYTES = 128 * MB;

/** Whether an isolate that nobody needs just now should give memory back: when it holds a good part more than after the last time. */
export function isWorthCollecting(usedBytes: number, usedAfterLast: number): boolean {
  const isGrown = usedBytes - usedAfterLast >= LEAST_GROWTH_BYTES && usedBytes >= usedAfterLast * LEAST_GROWTH;
  return isGrown && usedBytes <= LARGEST_BYTES;
}
