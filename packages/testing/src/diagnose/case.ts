import type { HandledMessages, HistoryEvent, Mismatch } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import type { Explanation } from '../probe/explain-difference.ts';
import type { CurrentStep, RecordedStep } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';

/** A replay that did not fit, and the explanation that was found for it. */
export interface Case {
  readonly workflowType: string;
  readonly events: readonly HistoryEvent[];
  readonly mismatch: Mismatch;
  /** Where the code waits there, as raw stacks. */
  readonly waitsAt: readonly string[];
  /** What the code has handlers for there. */
  readonly handled: HandledMessages | undefined;
  readonly source: SourceLookup;
  readonly explanation: Explanation;
  /** What the mismatch itself names. */
  readonly recorded: RecordedStep | undefined;
  readonly now: CurrentStep | undefined;
  /** `now`, as the code asked for it. */
  readonly asked: Intent | undefined;
}
