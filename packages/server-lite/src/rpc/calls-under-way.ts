import { unavailable } from '../errors.ts';

/** Counts calls that have not been answered, so that a server that stops can wait for them. */
export class CallsUnderWay {
  #count = 0;
  #draining = false;
  #drained: (() => void) | undefined;

  /**
   * @returns what to call when the call has been answered
   * @throws ServiceError UNAVAILABLE when no call may begin any more
   */
  enter(): () => void {
    if (this.#draining) throw unavailable('the server is shutting down');
    this.#count++;
    return () => {
      this.#count--;
      if (this.#count === 0) this.#drained?.();
    };
  }

  async drain(graceMs: number): Promise<void> {
    this.#draining = true;
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#drained = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
