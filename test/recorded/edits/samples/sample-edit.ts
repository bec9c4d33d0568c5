/** Edits of the sample workflows, and what replay must say of each. */

/** A text of a file, every occurrence of which becomes another; an empty one makes the file. */
export type TextEdit = readonly [file: string, from: string, to: string];

/** One cause: its code (`w` for a warning), what stands at its place, its number of histories, parts of its title and help. */
export type ExpectedCause = readonly [
  code: string,
  at: string | undefined,
  histories: number,
  title?: string,
  help?: string,
];

export interface SampleEdit {
  readonly name: string;
  readonly edits: readonly TextEdit[];
  readonly causes: readonly ExpectedCause[];
  /** The code once the help has been followed to the letter: then every history replays. */
  readonly healed?: readonly TextEdit[];
}

export function edit(name: string, edits: readonly TextEdit[], ...causes: readonly ExpectedCause[]): SampleEdit {
  return { name, edits, causes };
}
