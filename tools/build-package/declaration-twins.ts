import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defaultOfItself } from './default-of-itself.ts';

const declaration = '.d.ts';
const relativeSpecifier = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}\/[^'"]+?)\.[jt]s\2/g;

function withExtension(text: string, extension: string): string {
  return text.replace(relativeSpecifier, (_match, before: string, quote: string, path: string) => {
    return `${before}${quote}${path}${extension}${quote}`;
  });
}

/**
 * Every entry point is one ESM file for `import` and for `require`, but TypeScript decides the module format of a
 * declaration file by its name: a CommonJS file under `module: node16` may not import the types of `index.d.ts` in a
 * package of `"type": "module"`. So each declaration gets a twin named `.d.cts`. On the way the declarations lose the
 * `.ts` that tsc leaves in their import specifiers.
 */
export function writeDeclarationTwins(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith(declaration)) continue;
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    const specified = withExtension(text, '.js');
    if (specified !== text) writeFileSync(file, specified);
    const own = text.replace(defaultOfItself(basename(file).replace(/\.d\.ts$/, '.js')), '');
    const twin = withExtension(own, '.cjs').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
    writeFileSync(`${file.slice(0, -declaration.length)}.d.cts`, twin);
  }
}
