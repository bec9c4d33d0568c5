import { watch } from 'node:fs';
import { dirname, resolve } from 'node:path';

const SOURCE = /\.[cm]?[jt]sx?$|\.json$/;
/** Editors write a file in several steps, and formatters write it again. */
const QUIET_MS = 150;

/** Calls `onChange` once for each burst of changes to sources in the folder of `file`. Gives the way to stop. */
export function watchSources({ file, cwd, onChange }: { file: string; cwd: string; onChange: () => void }): () => void {
  let quiet: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(resolve(cwd, file)), { recursive: true }, (_event, name) => {
    if (name === null || !SOURCE.test(name) || name.includes('node_modules')) return;
    clearTimeout(quiet);
    quiet = setTimeout(onChange, QUIET_MS);
  });
  return () => {
    clearTimeout(quiet);
    watcher.close();
  };
}
