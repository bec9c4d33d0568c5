/** For so long polls of a worker that has gone may still arrive. */
const rememberedMs = 30_000;

/** Workers that have said that they go, by the keys of their processes. Times are the wall clock's, in ms. */
export class GoneWorkers {
  readonly #untilMs = new Map<string, number>();

  add(workerInstanceKey: string, nowMs: number): void {
    for (const [key, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(key);
    this.#untilMs.set(workerInstanceKey, nowMs + rememberedMs);
  }

  has(workerInstanceKey: string | undefined, nowMs: number): boolean {
    return workerInstanceKey !== undefined && (this.#untilMs.get(workerInstanceKey) ?? 0) > nowMs;
  }
}
