import type { Step } from '../diagnose/step.ts';

/** One assumption about what changed in the code, at one place of the recording. */
export type Edit =
  /** The code has a step that the recording lacks. `before` is the key of the recorded event that came next. */
  | {
      readonly kind: 'inserted';
      readonly step: Step;
      readonly key: number;
      readonly before: number | undefined;
      readonly place: string | undefined;
      readonly movedFrom?: number;
    }
  /** The code lacks a recorded step. */
  | { readonly kind: 'deleted'; readonly step: Step; readonly key: number; readonly movedTo?: number }
  /** The code has the step, under another name. */
  | {
      readonly kind: 'renamed';
      readonly from: Step;
      readonly step: Step;
      readonly key: number;
      readonly place: string | undefined;
    };
