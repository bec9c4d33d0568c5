import { copyFileSync, cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readManifest } from './publishable-folders.ts';

const license = fileURLToPath(new URL('../../LICENSE', import.meta.url));

/**
 * Copies what a package publishes: its README, its JavaScript, and of its declarations those that an entry point leads to. The rest,
 * sources and maps among it, would be most of the files that npm unpacks.
 */
export function stagePackage(folder: string, target: string): void {
  mkdirSync(target, { recursive: true });
  copyFileSync(join(folder, 'package.json'), join(target, 'package.json'));
  copyFileSync(license, join(target, 'LICENSE'));
  copyFileSync(join(folder, 'README.md'), join(target, 'README.md'));
  if (existsSync(join(folder, 'bin'))) cpSync(join(folder, 'bin'), join(target, 'bin'), { recursive: true });
  const declarations = reachableDeclarations(folder);
  for (const name of readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, 'dist', name);
    if (!isPublished(file, declarations)) continue;
    const copy = join(target, 'dist', name);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
}

function isPublished(file: string, declarations: ReadonlySet<string>): boolean {
  if (/\.d\.(ts|cts)$/.test(file)) return declarations.has(file);
  return /\.(js|cjs|json)$/.test(file) && !file.endsWith('.dev.json');
}

function reachableDeclarations(folder: string): Set<string> {
  const { exports = {} } = readManifest(folder);
  const found = new Set<string>();
  const waiting = declarationsOf(exports).flatMap((pattern) => globSync(join(folder, pattern)));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...importedDeclarations(file));
  }
  return found;
}

/** The values of all `types` conditions, however deep. */
function declarationsOf(exports: unknown): string[] {
  if (typeof exports !== 'object' || exports === null) return [];
  return Object.entries(exports).flatMap(([key, value]) => {
    return key === 'types' && typeof value === 'string' ? [value] : declarationsOf(value);
  });
}

function importedDeclarations(file: string): string[] {
  const extension = file.endsWith('.cts') ? '.d.cts' : '.d.ts';
  const specifiers = readFileSync(file, 'utf8').matchAll(
    /(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.{1,2}\/[^'"]+)\.c?js['"]/g,
  );
  return [...specifiers].map(([, path = '']) => join(dirname(file), `${path}${extension}`));
}
