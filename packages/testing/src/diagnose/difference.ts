import type { HandledMessages, HistoryEvent, Mismatch } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

/** Where replay and code part. */
export interface Difference {
  readonly workflowType: string;
  readonly events: readonly HistoryEvent[];
  readonly mismatch: Mismatch;
  /** What the code asks for there, in order. */
  readonly now: readonly Intent[];
  /** Where it waits, as raw stacks. */
  readonly waitsAt: readonly string[];
  /** What it has handlers for. */
  readonly handled?: HandledMessages | undefined;
}
