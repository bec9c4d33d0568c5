import { watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const SOURCE = /\.[cm]?[jt]sx?$|\.json$/;
/** Editors write a file in several steps, and formatters write it again. */
const QUIET_MS = 30;

/**
 * Calls `onChange` once for each burst of changes to sources in the folder of `file`, with the absolute paths of what has
 * changed. Gives the way to stop.
 */
export function watchSources({
  file,
  cwd,
  onChange,
}: {
  file: string;
  cwd: string;
  onChange: (files: string[]) => void;
}): () => void {
  let quiet: NodeJS.Timeout | undefined;
  const changed = new Set<string>();
  const folder = dirname(resolve(cwd, file));
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    if (name === null || !SOURCE.test(name) || name.includes('node_modules')) return;
    changed.add(join(folder, name));
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      const files = [...changed];
      changed.clear();
      onChange(files);
    }, QUIET_MS);
  });
  return () => {
    clearTimeout(quiet);
    watcher.close();
  };
}
