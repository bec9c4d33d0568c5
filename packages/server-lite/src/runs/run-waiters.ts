/** Those who wait for something to happen to a run: more history, an update's outcome, a workflow task's end. */

type Listener = (changed: boolean) => void;

export class RunWaiters {
  readonly #listeners = new Map<number, Set<Listener>>();
  #stopped = false;

  notify(runKey: number): void {
    for (const listener of [...(this.#listeners.get(runKey) ?? [])]) listener(true);
  }

  /**
   * Resolves to true when the run has changed, to false when the time is up or the caller has gone.
   *
   * @param deadlineMs wall clock, ms since the epoch
   */
  changed(runKey: number, options: { deadlineMs: number; signal: AbortSignal }): Promise<boolean> {
    const { deadlineMs, signal } = options;
    if (signal.aborted || this.#stopped) return Promise.resolve(false);
    return new Promise((resolve) => {
      const finish: Listener = (changed) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        this.#remove(runKey, finish);
        resolve(changed);
      };
      const abort = (): void => finish(false);
      const timer = setTimeout(abort, Math.max(0, deadlineMs - Date.now()));
      signal.addEventListener('abort', abort, { once: true });
      this.#add(runKey, finish);
    });
  }

  /** Whoever waits is told that nothing has changed, and so is everybody who comes later. */
  stop(): void {
    this.#stopped = true;
    for (const listeners of [...this.#listeners.values()]) for (const listener of [...listeners]) listener(false);
  }

  #add(runKey: number, listener: Listener): void {
    let listeners = this.#listeners.get(runKey);
    if (!listeners) this.#listeners.set(runKey, (listeners = new Set()));
    listeners.add(listener);
  }

  #remove(runKey: number, listener: Listener): void {
    const listeners = this.#listeners.get(runKey);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(runKey);
  }
}
