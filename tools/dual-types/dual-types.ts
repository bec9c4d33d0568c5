/**
 * Run in a package's folder after tsc. Every entry point is one ESM file for `import` and for `require`, but TypeScript
 * decides the module format of a declaration file by its name: a CommonJS file under `module: node16` may not import the
 * types of `index.d.ts` in a package of `"type": "module"`. So each declaration gets a twin named `.d.cts`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const declaration = '.d.ts';
const relativeSpecifier = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+?)\.[jt]s\2/g;

/** The text of a `.d.ts` file as its `.d.cts` twin has it. */
export function asCommonJs(text: string): string {
  return text
    .replace(
      relativeSpecifier,
      (_match, before: string, quote: string, path: string) => `${before}${quote}${path}.cjs${quote}`,
    )
    .replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
}

function writeTwins(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith(declaration)) continue;
    const twin = `${name.slice(0, -declaration.length)}.d.cts`;
    writeFileSync(join(folder, twin), asCommonJs(readFileSync(join(folder, name), 'utf8')));
  }
}

if (import.meta.main) writeTwins(join(process.cwd(), 'dist'));
