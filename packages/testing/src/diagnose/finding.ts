import type { Step } from './step.ts';

/** What is wrong, by a code that has a page of its own. */
export type FindingCode =
  /** Disagreement that no other code describes. */
  | 'R1000'
  /** An activity, signal or operation has another name. */
  | 'R1001'
  /** Steps changed order. */
  | 'R1002'
  /** The code has a step that was not recorded. */
  | 'R1003'
  /** The code lacks a step that was recorded. */
  | 'R1004'
  /** A patch was removed while histories carry its marker. */
  | 'R1005'
  /** A patch has another id. */
  | 'R1006'
  /** A child workflow has another type. */
  | 'R1007'
  /** The workflow closes before the recorded run did. */
  | 'R1008'
  /** The code goes on after the recorded run closed. */
  | 'R1009'
  /** The code throws an error that fails the workflow task. */
  | 'R1010'
  /** The workflow type is not exported. */
  | 'R1011'
  /** The run closes in another way. */
  | 'R1012'
  /** A child workflow has another id. */
  | 'R1017'
  /** Arguments changed. */
  | 'R2001'
  /** A timer has another length. */
  | 'R2002'
  /** The workflow returns something else. */
  | 'R2003'
  /** Options of a step changed. */
  | 'R2004';

export interface SourcePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The function around it. */
  readonly symbol?: string;
}

/** The recorded side of a finding. */
export interface RecordedStep extends Step {
  readonly eventId: number;
  /** Such as `ActivityTaskScheduled`. */
  readonly eventType: string;
  /** Where the code of `commit` asks for it; known when there is a base to compare with. */
  readonly place?: SourcePlace;
  readonly commit?: string;
  /** That line of the code. */
  readonly text?: string;
}

/** The side of the code as it is. */
export interface CurrentStep extends Step {
  /** Where the code asked for it, if user code did. */
  readonly place?: SourcePlace;
}

/** A line of the table that shows both sides. */
export interface AlignmentRow {
  readonly kind: 'same' | 'inserted' | 'deleted' | 'changed';
  readonly recorded?: RecordedStep;
  readonly now?: CurrentStep;
}

/** One disagreement between one history and the code. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning';
  /** One line, without values of payloads. */
  readonly title: string;
  readonly recorded?: RecordedStep;
  readonly now?: CurrentStep;
  /** Where to look first: where the code asks for what was not recorded, or for what follows what is gone. */
  readonly place?: SourcePlace;
  /** What stands there, when it is not what the code asks for now. */
  readonly placeLabel?: string;
  readonly alignment?: readonly AlignmentRow[];
  readonly notes: readonly string[];
  readonly help: readonly string[];
  /** How often in this history. */
  readonly times: number;
  /** What the published SDK's replayer says, or the error that was thrown. */
  readonly message?: string;
  /** Whether the rest of the history replays once this, and the findings beside it, are allowed for. */
  readonly explainsRest?: boolean;
  /** Whether it cannot be what another change has led to. */
  readonly isOwnEdit?: boolean;
  /** What exactly changed, in steps that may be several: the options and their values. */
  readonly aspect?: string;
  /** Values that differ; shown only where they may be seen. */
  readonly values?: { readonly recorded: string; readonly now: string };
  /** What form the values have: keys and types, no values. */
  readonly shapes?: { readonly recorded: string; readonly now: string };
}
