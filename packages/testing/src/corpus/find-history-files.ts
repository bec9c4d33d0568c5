import { globSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { CorpusError } from './corpus-problem.ts';

/** Files that a folder, or an archive, is searched for. */
export const HISTORY_FILE = /\.(json|jsonl|bin|binpb|pb)(\.gz)?$|\.zip$/;
/** What is installed is not what was recorded. */
const IN_PACKAGES = /(?:^|[\\/])node_modules[\\/]/;
const GLOB = /[*?[\]{}!]/;

/**
 * The files that the patterns mean, each once, in a fixed order. A pattern is a file, a folder (searched for files that
 * can be histories) or a glob.
 *
 * @throws CorpusError R3001 when a pattern means nothing, or a folder cannot be searched
 */
export function findHistoryFiles(patterns: readonly string[], cwd: string): string[] {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const files = filesOf(pattern, cwd);
    if (files.length === 0) throw new CorpusError('R3001', `no history files match '${pattern}' in ${cwd}`);
    for (const file of files.sort()) found.add(file);
  }
  return [...found];
}

function filesOf(pattern: string, cwd: string): string[] {
  const kind = kindOf(resolve(cwd, pattern));
  if (kind === 'file') return [pattern];
  if (kind === 'folder') return filesIn(pattern, cwd);
  if (!GLOB.test(pattern)) throw new CorpusError('R3001', `there is no file or folder '${pattern}' in ${cwd}`);
  return globSync(pattern, { cwd, exclude: (name) => name === 'node_modules' }).filter(
    (file) => kindOf(resolve(cwd, file)) === 'file',
  );
}

function filesIn(folder: string, cwd: string): string[] {
  try {
    const names = readdirSync(resolve(cwd, folder), { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => HISTORY_FILE.test(name) && !IN_PACKAGES.test(name))
      .map((name) => join(folder, name))
      .filter((file) => kindOf(resolve(cwd, file)) !== 'folder');
  } catch (error) {
    throw new CorpusError('R3001', `the folder '${folder}' cannot be searched: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return stats.isDirectory() ? 'folder' : 'file';
}
