/**
 * Where workflow code runs, as the rest of the worker sees it: in host processes of its own, or in this process. One task
 * of a run at a time; tasks of different runs in any number.
 */
import type { WallFailure, WallPayload } from '@reprise/common';
import type { SinkCall, WallHeaders } from '@reprise/workflow/runtime';
import type { OutgoingMessage, UpdateRequest } from '../machine/command-request.ts';
import type { Command } from '../machine/encode-command.ts';
import type { HistoryEvent } from '../machine/event-type.ts';
import type { SdkMetadata } from '../machine/flags.ts';
import type { Mismatch } from '../machine/nondeterminism.ts';
import type { LocalOutcome } from '../machine/run.ts';
import type { LocalActivityOrder } from '../machine/run-state.ts';

export interface HostQuery {
  readonly id: string;
  readonly name: string;
  readonly args: WallPayload[];
  readonly headers: WallHeaders;
}

/** One workflow task, decoded, as it goes to where its run lives. */
export interface HostTask {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly events: readonly HistoryEvent[];
  /** True when `events` begin at the first event of the run. */
  readonly isWholeHistory: boolean;
  readonly previousStartedEventId: number;
  readonly updates: readonly UpdateRequest[];
  readonly queries: readonly HostQuery[];
  /** Run in an isolate that no other run shares: this run has taken one down before. Default false. */
  readonly isQuarantined?: boolean;
}

export interface QueryAnswer {
  readonly id: string;
  readonly result?: WallPayload;
  readonly failure?: WallFailure;
}

export interface CompletedAnswer {
  readonly status: 'completed';
  readonly commands: readonly Command[];
  readonly messages: readonly OutgoingMessage[];
  readonly sdkMetadata: SdkMetadata;
  readonly versioningBehavior: number | undefined;
  readonly queryAnswers: readonly QueryAnswer[];
  readonly sinkCalls: readonly SinkCall[];
  /** The run is over: its host has let go of it. */
  readonly isClosed: boolean;
  /** How long it took to bring the run to where its history ends, when that had to be done. */
  readonly replayMs?: number;
  /** A run that was cached had to make room for this one. */
  readonly hasEvicted?: boolean;
}

export type TaskAnswer =
  | CompletedAnswer
  | {
      readonly status: 'failed';
      readonly failure: WallFailure;
      readonly isNondeterminism: boolean;
      readonly mismatch: Omit<Mismatch, 'recorded'> | undefined;
      readonly sinkCalls: readonly SinkCall[];
      /** The code of the run took its isolate down, and with it what others had there. */
      readonly isHarmful?: boolean;
    }
  /** The host does not have the run (any more): it needs the whole history. */
  | { readonly status: 'cacheMiss' };

/** What a task asks for while it is under way. */
export interface TaskEvents {
  /** Local activities to run or to cancel; answered by `resolveLocal`. */
  onLocalOrders(orders: readonly LocalActivityOrder[]): void;
}

export interface WorkflowHost {
  /** Rejects with HostLostError when the place where the run lived is gone. */
  runTask(task: HostTask, events: TaskEvents): Promise<TaskAnswer>;
  /** Outcomes of local activities of the task that is under way for this run. */
  resolveLocal(runId: string, outcomes: readonly LocalOutcome[]): void;
  /** Ends the task that is under way with what there is; the server is asked for another at once. */
  keepAlive(runId: string): void;
  /** Lets go of a run. */
  evict(runId: string): void;
  /** The server dropped the last task of the run from its history. */
  discardLastTask(runId: string): void;
  close(): Promise<void>;
  readonly cachedRuns: number;
}

/** The place where runs lived is gone. `guiltyRunId` is the run that took it down, where that is known. */
export class HostLostError extends Error {
  override readonly name = 'HostLostError';
  readonly guiltyRunId: string | undefined;
  constructor(message: string, guiltyRunId: string | undefined) {
    super(message);
    this.guiltyRunId = guiltyRunId;
  }
}
