import { git } from './git.ts';

/** Files that have another name than at a commit, as git sees it; paths are relative to `cwd`. */
export class RenamedFiles {
  readonly #oldNames = new Map<string, string>();
  readonly #newNames = new Map<string, string>();

  constructor(commit: string, cwd: string) {
    const fields = git(['diff', '--relative', '--name-status', '--find-renames', '-z', commit], cwd).split('\0');
    for (let at = 0; at + 1 < fields.length;) {
      const isRename = /^[RC]\d/.test(fields[at] ?? '');
      const [from = '', to = ''] = fields.slice(at + 1, at + 3);
      if (isRename) {
        this.#oldNames.set(to, from);
        this.#newNames.set(from, to);
      }
      at += isRename ? 3 : 2;
    }
  }

  /** What the file was called at the commit. */
  oldName(file: string): string {
    return this.#oldNames.get(file) ?? file;
  }

  /** All names of a file, old or new. */
  namesOf(file: string): string[] {
    return [...new Set([this.oldName(file), file, this.#newNames.get(file) ?? file])];
  }
}
