import { dirname, resolve } from 'node:path';
import { watchFolders } from './watch-folders.ts';

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
  const tell = (): void => {
    const files = [...changed];
    changed.clear();
    onChange(files);
  };
  const stop = watchFolders(dirname(resolve(cwd, file)), (path) => {
    if (!SOURCE.test(path)) return;
    changed.add(path);
    clearTimeout(quiet);
    quiet = setTimeout(tell, QUIET_MS);
  });
  return () => {
    clearTimeout(quiet);
    stop();
  };
}
