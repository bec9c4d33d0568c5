/** Edits of the sample workflows, and what replay must say of each. */

/** A text of a file, every occurrence of which becomes another; an empty one makes the file. */
export type TextEdit = readonly [file: string, from: string, to: string];

/** One cause: its code (`w` for a warning), what stands at its place, its number of histories, a part of its title. */
export type ExpectedCause = readonly [code: string, at: string | undefined, histories: number, title?: string];

export interface SampleEdit {
  readonly name: string;
  readonly edits: readonly TextEdit[];
  readonly causes: readonly ExpectedCause[];
}

export function edit(name: string, edits: readonly TextEdit[], ...causes: readonly ExpectedCause[]): SampleEdit {
  return { name, edits, causes };
}
