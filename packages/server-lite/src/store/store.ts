/**
 * The only way to what is kept. Reads are synchronous and see what was committed; writes are gathered by the engine during
 * one turn of the event loop and committed together. What a crash of the machine leaves of commits that were not made durable
 * is the first of them, each whole.
 */
import type { RunKind, RunRef } from '../execution/run-ref.ts';

/** What the runs of one id have in common. */
export type RunName = Pick<RunRef, 'kind' | 'namespaceId' | 'workflowId'>;

/** A run as the store lists it, without its state. */
export interface RunRow extends RunRef {
  /** WorkflowExecutionStatus. */
  readonly status: number;
  /** The request that created the run. */
  readonly createRequestId: string;
  readonly startTimeMs: number;
  readonly closeTimeMs?: number;
}

/** What one transition adds to a run. Rows of one run are numbered from 1 without gaps. */
export interface TransitionRow {
  readonly runKey: number;
  readonly seq: number;
  /** Encoded `temporal.api.history.v1.History`, one per batch; laid end to end they are a valid `History`. */
  readonly batches: readonly Uint8Array[];
  /** Encoded facts that are not history, in place; absent when there are none. */
  readonly facts?: Uint8Array;
}

export interface StoredTransition {
  readonly seq: number;
  readonly events: readonly Uint8Array[];
  readonly facts?: Uint8Array;
}

/** A run's stored parts. */
export interface StoredRun {
  readonly row: RunRow;
  readonly transitions: readonly StoredTransition[];
}

/** Everything that one turn writes: all of it or nothing. */
export interface Changes {
  readonly createRuns: RunRow[];
  readonly transitions: TransitionRow[];
  readonly closeRuns: { runKey: number; status: number; closeTimeMs: number }[];
  /** The run that an id stands for; set on create, and again by delete. */
  readonly currentRuns: { kind: RunKind; namespaceId: string; workflowId: string; runKey: number }[];
  /** When a run next wants attention: 0 has work now, undefined takes it off the agenda. */
  readonly agenda: Map<number, number | undefined>;
  readonly deleteRuns: RunRef[];
  /** Run inside the transaction, in order, for what other parts keep in the same database. */
  readonly writes: (() => void)[];
}

export function noChanges(): Changes {
  return {
    createRuns: [],
    transitions: [],
    closeRuns: [],
    currentRuns: [],
    agenda: new Map(),
    deleteRuns: [],
    writes: [],
  };
}

/** Small records by collection and key: namespaces, endpoints, queue settings. Written inside `Changes.writes` only. */
export interface Documents {
  get(collection: string, key: string): Uint8Array | undefined;
  list(collection: string): { key: string; value: Uint8Array }[];
  put(collection: string, key: string, value: Uint8Array): void;
  delete(collection: string, key: string): void;
}

export interface Store {
  readonly documents: Documents;
  /** The first key never used by a run. */
  nextRunKey(): number;
  /** Throws when it could not be written; then nothing of it was kept. */
  commit(changes: Changes): void;
  /** Makes all commits so far durable, while the process goes on; undefined when they are already. */
  sync(): Promise<void> | undefined;
  /** The same, and the process waits. */
  syncNow(): void;
  load(runKey: number): StoredRun | undefined;
  findRun(run: RunName & { readonly runId: string }): RunRow | undefined;
  findCurrentRun(run: RunName): RunRow | undefined;
  /** Events in stored batches that hold ids from `fromEventId` on, up to `limit` batches. */
  readBatches(runKey: number, options: { fromEventId: number; limit: number }): Uint8Array[];
  readBatchesReverse(runKey: number, options: { fromEventId: number; limit: number }): Uint8Array[];
  /** Runs that want attention at or before this time, soonest first. */
  agenda(untilMs: number): { runKey: number; dueMs: number }[];
  /** Runs of a namespace that closed before this time, for retention. */
  closedBefore(namespaceId: string, closeTimeMs: number, limit: number): RunRow[];
  /** Gives space that nothing uses back to the disk, so many bytes at most. @returns whether there is more to give back */
  shrink(mostBytes: number): boolean;
  close(): void;
}
