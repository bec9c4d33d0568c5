/**
 * What is due, and when. One due time per key: setting a key again replaces it, so an execution that moves on takes its
 * old due times with it and nothing stale is ever waited for, or skipped to.
 */
export interface TimerQueue {
  /**
   * @param key such as `run/<run id>`, `schedule/<namespace id>/<schedule id>`
   * @param dueMs server time, ms since the epoch
   * @param fire called once, after the key has left the queue, in order of due time and then of being set. When it
   *   rejects, the key is queued again a second later, unless it has been set meanwhile.
   */
  set(key: string, dueMs: number, fire: () => Promise<void> | void): void;
  cancel(key: string): void;
}

/**
 * What keeps virtual time from being skipped: derived from state after every commit, never counted up and down.
 * Whoever owns a key says how much it holds now, by naming each thing.
 */
export interface Holds {
  /** @param reasons one per thing that holds time, in words for a person; none releases the key. */
  set(key: string, reasons: readonly string[]): void;
  /** Settles when what has been decided until now is stored and told; undefined when all is. Set by who decides. */
  underWay: () => Promise<void> | undefined;
}
