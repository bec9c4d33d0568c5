import type { Intent } from '@reprise/workflow/runtime';

import type { Step } from '../diagnose/step.ts';

interface Assumption {
  /** What the code asked for where the assumption was made; undefined when it waited. */
  readonly asked: Intent | undefined;
  /** The key of the recorded event, or of the event that was put in. */
  readonly key: number;
  readonly step: Step;
}

/** One assumption about what changed in the code, at one place of the recording. */
export type Edit =
  /** The code has a step that the recording lacks. `before` is the key of the recorded event that came next. */
  | (Assumption & { readonly kind: 'inserted'; readonly before: number | undefined; readonly movedFrom?: number })
  /** The code lacks a recorded step. */
  | (Assumption & { readonly kind: 'deleted' })
  /** The code has the step, under another name. */
  | (Assumption & { readonly kind: 'renamed'; readonly from: Step });
