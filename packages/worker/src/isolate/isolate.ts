/**
 * What the rest of the worker knows of an isolate: runs are created in it, activated, and released. Every call is
 * synchronous; asynchrony begins outside, where an isolate lives in a workflow host process.
 */
import type { Activation, Completion, RunCreation, SinkCall } from '@reprise/workflow/runtime';

export interface Isolate {
  /** Instantiates the user's modules for a run. An error in module code surfaces in the first activation. */
  create(run: RunCreation): void;
  /**
   * Applies the jobs, drains the microtasks, and returns what workflow code asked for.
   * Throws `IsolateLostError` when the isolate had to be disposed of (deadline, memory); `lostRunKeys` are then gone.
   */
  activate(runKey: string, activation: Activation): Completion;
  release(runKey: string): void;
  /** The way from stacks of workflow code to the user's source. */
  readonly sources?: {
    mapStack(rawStack: string): string;
    frames(rawStack: string): { functionName: string | undefined; file: string; line: number; column: number }[];
    sourceOf(file: string): string | undefined;
  };
  readonly liveRuns: number;
  heapUsedBytes(): number;
  /** Gives back memory that nothing in it needs any more. Takes about a second for each GB in use. */
  collectGarbage?(): void;
  dispose(): void;
}

/** The isolate was disposed of while `runKey` was being activated. Its stack is that of the workflow code, where known. */
export class IsolateLostError extends Error {
  override readonly name = 'IsolateLostError';
  readonly runKey: string;
  readonly reason: 'deadline' | 'memory';
  readonly lostRunKeys: readonly string[];
  /** Where the code was at its deadline, in the bundle; empty where that is not known. */
  readonly rawStack: string;
  /** What the run had said before it was lost: its log lines tell how far it came. */
  readonly sinkCalls: readonly SinkCall[];

  constructor(options: {
    message: string;
    runKey: string;
    reason: 'deadline' | 'memory';
    lostRunKeys: readonly string[];
    rawStack?: string;
    /** Lines of a stack, innermost first. */
    frames: string;
    sinkCalls: readonly SinkCall[];
  }) {
    super(options.message);
    this.runKey = options.runKey;
    this.reason = options.reason;
    this.lostRunKeys = options.lostRunKeys;
    this.rawStack = options.rawStack ?? '';
    this.sinkCalls = options.sinkCalls;
    this.stack = `${this.name}: ${this.message}${options.frames === '' ? '' : `\n${options.frames}`}`;
  }
}
