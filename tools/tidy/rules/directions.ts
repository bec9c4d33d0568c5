import { posix } from 'node:path';
import { folderRules, packageRules, soleOwners } from '../directions.ts';
import type { Import, Source } from '../sources.ts';

/** Packages and the folders in them import one way only, and each power has one owner. */
export function directions(source: Source): string[] {
  return source.imports
    .flatMap((imported) => [
      ...packageDirection(source, imported),
      ...folderDirection(source, imported),
      ...ownership(source, imported),
      ...reach(source, imported),
    ])
    .map(([{ line, specifier }, why]) => `${source.path}:${line}: ${specifier}: ${why}`);
}

type Complaint = [Import, string];

const packageOf = (path: string): string | undefined => /^packages\/([^/]+)\/src\//.exec(path)?.[1];

function packageDirection({ path, isTest }: Source, imported: Import): Complaint[] {
  const from = packageOf(path);
  const to = /^@reprise\/([^/]+)/.exec(imported.specifier)?.[1];
  if (from === undefined || to === undefined || isTest) return [];
  const rule = packageRules[from];
  if (rule === undefined) return [[imported, `tools/tidy/directions.ts says nothing about the package "${from}"`]];
  if (rule.imports.includes(to) || (imported.typeOnly && rule.importsTypesOf?.includes(to))) return [];
  return [[imported, `${from} may not import ${to}`]];
}

function folderDirection({ path, isTest }: Source, imported: Import): Complaint[] {
  if (isTest || !imported.specifier.startsWith('.')) return [];
  const target = posix.join(posix.dirname(path), imported.specifier);
  const rule = folderRules.find(({ folder }) => path.startsWith(`${folder}/`));
  if (rule === undefined || target.startsWith(`${rule.folder}/`)) return [];
  const allows = (places: readonly string[]): boolean =>
    places.some((place) => target.startsWith(`${packageRoot(rule.folder)}${place}`));
  if (allows(rule.imports) || (imported.typeOnly && allows(rule.importsTypesOf ?? []))) return [];
  return [[imported, `not among what ${rule.folder} may import${imported.typeOnly ? '' : ' as a value'}`]];
}

const packageRoot = (folder: string): string => folder.split('/').slice(0, 3).join('/') + '/';

function ownership({ path, isTest }: Source, imported: Import): Complaint[] {
  if (isTest || !path.startsWith('packages/')) return [];
  return soleOwners
    .filter(
      ({ specifier, owners }) => specifier.test(imported.specifier) && !owners.some((owner) => path.startsWith(owner)),
    )
    .map(({ owners }): Complaint => [imported, `only for ${owners.join(', ')}`]);
}

function reach({ path }: Source, imported: Import): Complaint[] {
  if (/^@reprise\/[^/]+\/(src|dist)\//.test(imported.specifier))
    return [[imported, 'goes past the exports of the package']];
  if (!imported.specifier.startsWith('.')) return [];
  const target = posix.join(posix.dirname(path), imported.specifier);
  const from = /^packages\/[^/]+\//.exec(path)?.[0];
  const to = /^packages\/[^/]+\//.exec(target)?.[0];
  return to === undefined || from === to || path.startsWith('test/')
    ? []
    : [[imported, 'import another package by its name']];
}
