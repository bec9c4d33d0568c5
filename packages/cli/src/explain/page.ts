/** What `reprise explain` prints of a code. */
export interface ExplainPage {
  readonly code: string;
  readonly title: string;
  /** What was found, and what it means for executions. */
  readonly meaning: string;
  /** What usually leads to it. */
  readonly causes: readonly string[];
  /** What to do, the safest first. */
  readonly remedies: readonly string[];
  /** Code that shows it. */
  readonly example?: string;
}
