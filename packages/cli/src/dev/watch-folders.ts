import { type Dirent, type FSWatcher, readdirSync, statSync, watch, type WatchEventType } from 'node:fs';
import { join, sep } from 'node:path';

const UNWATCHED = new Set(['node_modules', '.git']);

/**
 * Calls `onChange` with the path of each file that is written, replaced, made or removed in `root` or below it. Gives the
 * way to stop.
 *
 * Each folder is watched by itself: where the system does not watch trees, the recursive watcher of Node follows files,
 * and loses those that an editor saves by putting another file in their place.
 */
export function watchFolders(root: string, onChange: (file: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();

  function add(folder: string, onFile: (file: string) => void): void {
    let entries: Dirent[];
    try {
      watchers.set(
        folder,
        watch(folder, (event, name) => look(event, folder, name)).on('error', () => remove(folder)),
      );
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      remove(folder);
      return;
    }
    for (const entry of entries) {
      if (!entry.isDirectory()) onFile(join(folder, entry.name));
      else if (!UNWATCHED.has(entry.name)) add(join(folder, entry.name), onFile);
    }
  }

  function remove(folder: string): void {
    for (const [watched, watcher] of watchers) {
      if (watched !== folder && !watched.startsWith(folder + sep)) continue;
      watcher.close();
      watchers.delete(watched);
    }
  }

  function look(event: WatchEventType, folder: string, name: string | null): void {
    if (name === null || UNWATCHED.has(name)) return;
    const path = join(folder, name);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      if (event === 'change') return;
      // It is new, or another one in its place. What it holds by now was written before anybody watched it.
      remove(path);
      add(path, onChange);
    } else {
      remove(path);
      onChange(path);
    }
  }

  add(root, () => undefined);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}
