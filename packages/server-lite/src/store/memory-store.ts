/**
 * The store in memory: for tests and for servers that need not outlive their process.
 *
 * I1. `#runs` holds every run; the other maps only find them.
 */
import { firstEventId } from './batch-first-event.ts';
import { memoryDocuments } from './memory-documents.ts';
import type { Changes, Documents, RunName, RunRow, Store, StoredRun, StoredTransition } from './store.ts';

interface KeptRun {
  row: RunRow;
  readonly batches: { readonly firstEventId: number; readonly seq: number; readonly events: Uint8Array }[];
  readonly transitions: { readonly seq: number; readonly facts?: Uint8Array }[];
}

const idOf = ({ kind, namespaceId, workflowId }: RunName, runId = ''): string =>
  `${kind}/${namespaceId}/${runId}/${workflowId}`;

export class MemoryStore implements Store {
  readonly documents: Documents = memoryDocuments();
  readonly #runs = new Map<number, KeptRun>();
  readonly #keyOfRun = new Map<string, number>();
  readonly #currentRuns = new Map<string, number>();
  readonly #agenda = new Map<number, number>();
  #lastKey = 0;

  nextRunKey(): number {
    return this.#lastKey + 1;
  }

  commit(changes: Changes): void {
    for (const write of changes.writes) write();
    for (const row of changes.createRuns) {
      this.#runs.set(row.key, { row, batches: [], transitions: [] });
      this.#keyOfRun.set(idOf(row, row.runId), row.key);
      this.#lastKey = Math.max(this.#lastKey, row.key);
    }
    for (const { runKey, seq, batches, facts } of changes.transitions) {
      const run = this.#runs.get(runKey);
      run?.transitions.push(facts ? { seq, facts } : { seq });
      for (const events of batches) run?.batches.push({ firstEventId: firstEventId(events), seq, events });
    }
    for (const { runKey, status, closeTimeMs } of changes.closeRuns) {
      const run = this.#runs.get(runKey);
      if (run) run.row = { ...run.row, status, closeTimeMs };
    }
    for (const current of changes.currentRuns) this.#currentRuns.set(idOf(current), current.runKey);
    for (const [runKey, dueMs] of changes.agenda) {
      if (dueMs === undefined) this.#agenda.delete(runKey);
      else this.#agenda.set(runKey, dueMs);
    }
    for (const run of changes.deleteRuns) this.#delete(run);
  }

  sync(): undefined {}

  syncNow(): void {}

  load(runKey: number): StoredRun | undefined {
    const run = this.#runs.get(runKey);
    if (!run) return undefined;
    const transitions = run.transitions.map((transition): StoredTransition => ({
      ...transition,
      events: run.batches.filter(({ seq }) => seq === transition.seq).map(({ events }) => events),
    }));
    return { row: run.row, transitions };
  }

  findRun(run: RunName & { readonly runId: string }): RunRow | undefined {
    return this.#row(this.#keyOfRun.get(idOf(run, run.runId)));
  }

  findCurrentRun(run: RunName): RunRow | undefined {
    return this.#row(this.#currentRuns.get(idOf(run)));
  }

  readBatches(runKey: number, { fromEventId, limit }: { fromEventId: number; limit: number }): Uint8Array[] {
    const batches = this.#runs.get(runKey)?.batches ?? [];
    const start = Math.max(
      0,
      batches.findLastIndex((batch) => batch.firstEventId <= fromEventId),
    );
    return batches.slice(start, start + limit).map(({ events }) => events);
  }

  readBatchesReverse(runKey: number, { fromEventId, limit }: { fromEventId: number; limit: number }): Uint8Array[] {
    const batches = this.#runs.get(runKey)?.batches ?? [];
    const end = batches.findLastIndex((batch) => batch.firstEventId <= fromEventId) + 1;
    return batches
      .slice(Math.max(0, end - limit), end)
      .reverse()
      .map(({ events }) => events);
  }

  agenda(untilMs: number): { runKey: number; dueMs: number }[] {
    const due = [...this.#agenda].filter(([, dueMs]) => dueMs <= untilMs);
    return due.sort(([a, aMs], [b, bMs]) => aMs - bMs || a - b).map(([runKey, dueMs]) => ({ runKey, dueMs }));
  }

  closedBefore(namespaceId: string, closeTimeMs: number, limit: number): RunRow[] {
    const found: RunRow[] = [];
    for (const { row } of this.#runs.values()) {
      if (row.namespaceId !== namespaceId || row.closeTimeMs === undefined || row.closeTimeMs >= closeTimeMs) continue;
      found.push(row);
      if (found.length >= limit) break;
    }
    return found;
  }

  shrink(): boolean {
    return false;
  }

  close(): void {}

  #row(key: number | undefined): RunRow | undefined {
    return key === undefined ? undefined : this.#runs.get(key)?.row;
  }

  #delete(run: Changes['deleteRuns'][number]): void {
    this.#runs.delete(run.key);
    this.#agenda.delete(run.key);
    this.#keyOfRun.delete(idOf(run, run.runId));
    const current = idOf(run);
    if (this.#currentRuns.get(current) === run.key) this.#currentRuns.delete(current);
  }
}
