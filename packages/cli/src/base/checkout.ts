import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { UsageError } from '../command-line/usage-error.ts';
import { git } from './git.ts';

export interface Checkout {
  /** The folder that stands for the working directory, as it was at the commit. */
  readonly cwd: string;
  readonly commit: string;
  remove(): void;
}

/**
 * The files of a commit in a folder of their own, with the installed packages of today. The repository is left as it is.
 *
 * @throws UsageError when there is no such commit, or no repository
 */
export function checkOut(ref: string, cwd: string): Checkout {
  const top = git(['rev-parse', '--show-toplevel'], cwd).trim();
  const commit = commitOf(ref, cwd);
  const folder = mkdtempSync(join(tmpdir(), 'reprise-base-'));
  const archive = join(folder, 'base.tar');
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  git(['archive', '--format=tar', `--output=${archive}`, commit], top);
  execFileSync('tar', ['-xf', archive, '-C', tree]);
  linkPackages({ top, cwd, tree });
  return {
    cwd: join(tree, relative(top, cwd)),
    commit,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function commitOf(ref: string, cwd: string): string {
  try {
    return git(['rev-parse', '--verify', '--short', `${ref}^{commit}`], cwd).trim();
  } catch {
    const isShallow = git(['rev-parse', '--is-shallow-repository'], cwd).trim() === 'true';
    const hint = isShallow ? '; this clone is shallow: fetch more of it, such as with fetch-depth: 0 in CI' : '';
    throw new UsageError(`--base: there is no commit '${ref}' in this repository${hint}`);
  }
}

/** Every node_modules from the working directory up to the top of the repository. */
function linkPackages({ top, cwd, tree }: { top: string; cwd: string; tree: string }): void {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules');
    const link = join(tree, relative(top, folder), 'node_modules');
    if (existsSync(installed) && !existsSync(link)) {
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(installed, link, 'junction');
    }
    if (folder === top || folder === dirname(folder)) return;
  }
}
