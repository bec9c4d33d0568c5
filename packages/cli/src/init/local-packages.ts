import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

interface Installed {
  readonly packages?: Readonly<Record<string, { readonly resolved?: string }>>;
}

/**
 * The packages of Reprise that were installed from tarballs, where this command was: name to `file:` specifier. A project
 * that it makes gets the same ones, since no registry may have them.
 *
 * @param entry a file of this command
 */
export function localPackages(entry: string): ReadonlyMap<string, string> {
  for (let folder = dirname(realpathSync(entry)); dirname(folder) !== folder; folder = dirname(folder)) {
    const lockfile = join(folder, 'node_modules/.package-lock.json');
    if (existsSync(join(folder, 'node_modules/reprise')) && existsSync(lockfile)) return tarballsOf(lockfile, folder);
  }
  return new Map();
}

function tarballsOf(lockfile: string, folder: string): ReadonlyMap<string, string> {
  const { packages = {} } = JSON.parse(readFileSync(lockfile, 'utf8')) as Installed;
  const found = Object.entries(packages).flatMap(([path, { resolved = '' }]): [string, string][] => {
    const name = /^node_modules\/(reprise|@reprise\/[\w-]+)$/.exec(path)?.[1];
    if (name === undefined || !/^file:.*\.tgz$/.test(resolved)) return [];
    const tarball = resolve(folder, resolved.slice('file:'.length));
    return existsSync(tarball) ? [[name, `file:${tarball}`]] : [];
  });
  return new Map(found);
}
