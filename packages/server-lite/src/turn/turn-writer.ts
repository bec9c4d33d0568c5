/** What becomes of a turn: it is written, what follows from it begins, and it is told of; or it is forgotten. */
import { unavailable } from '../errors.ts';
import { type Effect, tellsSomebody } from '../execution/effects.ts';
import type { Execution } from '../execution/execution.ts';
import type { RunRef } from '../execution/run-ref.ts';
import type { KnownRuns } from '../runs/known-runs.ts';
import type { RunAgenda } from '../runs/run-agenda.ts';
import type { RunCache } from '../runs/run-cache.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../system/logger.ts';
import type { Turn } from './turn.ts';
import type { VisibilityWriter } from '../visibility/visibility.ts';

export interface TurnWriterOptions {
  readonly store: Pick<Store, 'commit'>;
  readonly visibility: VisibilityWriter;
  readonly log: Logger;
  readonly agenda: RunAgenda;
  readonly cache: RunCache;
  readonly known: KnownRuns;
  /** Undefined when the run is not kept any more. */
  readonly load: (runKey: number) => Execution | undefined;
  readonly closed: (run: RunRef, status: number) => void;
  readonly perform: (effect: Effect) => void;
}

export class TurnWriter {
  readonly #options: TurnWriterOptions;

  constructor(options: TurnWriterOptions) {
    this.#options = options;
  }

  /** @throws what the store throws; then nothing of the turn was kept */
  write(turn: Turn): void {
    const { store, perform } = this.#options;
    this.#complete(turn);
    store.commit(turn.changes);
    this.#takeUp(turn);
    for (const effect of turn.effects) if (!tellsSomebody(effect)) perform(effect);
  }

  /** The turn is durable: whoever waits for what it has changed hears of it. */
  tell(turn: Turn): void {
    for (const effect of turn.effects) if (tellsSomebody(effect)) this.#options.perform(effect);
  }

  /** What the runs of a turn that was not written have to do may have been handed out already, for what was not kept. */
  forget(turn: Turn, error: unknown): Error {
    const { cache, agenda, log } = this.#options;
    log.error('a commit failed', { error });
    for (const key of [...turn.touched, ...turn.deleted]) {
      cache.delete(key);
      agenda.again(key);
    }
    return unavailable('the server could not store this change; nothing of it was kept, please retry');
  }

  doubt(error: unknown): Error {
    this.#options.log.error('what was written could not be made durable', { error });
    return unavailable('the server could not make this change durable; it may not have been kept, please retry');
  }

  #complete({ changes, effects, touched, deleted }: Turn): void {
    const { visibility, agenda, load } = this.#options;
    for (const effect of effects) {
      if (effect.kind === 'recordVisibility' && !deleted.has(effect.run.key))
        changes.writes.push(() => visibility.upsert(effect.record));
    }
    for (const key of deleted) touched.delete(key);
    for (const key of touched) {
      const execution = load(key);
      if (execution) changes.agenda.set(key, agenda.dueMs(execution));
    }
  }

  #takeUp({ changes, touched, deleted }: Turn): void {
    const { known, cache, agenda, load, closed } = this.#options;
    for (const row of changes.createRuns) known.add(row);
    for (const { runId } of changes.deleteRuns) known.delete(runId);
    for (const key of deleted) cache.delete(key);
    for (const key of touched) {
      const execution = load(key);
      if (execution) agenda.arm(execution);
    }
    for (const { runKey, status } of changes.closeRuns) {
      const run = load(runKey)?.run;
      if (!run) continue;
      known.delete(run.runId);
      closed(run, status);
    }
  }
}
