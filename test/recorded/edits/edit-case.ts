/** One edit of the example workflows, and what a replay of the histories recorded before says to it. */
export interface EditCase {
  readonly name: string;
  /** The codes that are reported, errors if there are any, else warnings with a `w`; empty when all replays. */
  readonly want: string;
  /** A text of the line that is reported first. */
  readonly at?: string;
  /** How many causes; default one, or none. */
  readonly causes?: number;
  readonly edits: readonly (readonly [file: string, from: string, to: string])[];
}
