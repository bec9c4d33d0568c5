import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPublishedSdk } from './install.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const userCode = join(folder, 'src/user-code');
const compilers = {
  'TypeScript 5.9': join(folder, 'node_modules/typescript/bin/tsc'),
  'TypeScript 7': fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url)),
};
const flags =
  '--noEmit --strict --target es2023 --module esnext --moduleResolution bundler --skipLibCheck --types node --pretty false'.split(
    ' ',
  );

/** The compiler's complaints about files of user code. */
function complaints(compiler: keyof typeof compilers, from: string): string {
  const files = readdirSync(from)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(from, name));
  try {
    const alone = compiler === 'TypeScript 7' ? ['--ignoreConfig'] : [];
    execFileSync(process.execPath, [compilers[compiler], ...flags, ...alone, ...files], {
      cwd: folder,
      encoding: 'utf8',
    });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** Code moves over by its import scope, and finds the same types. */
describe.each(Object.keys(compilers) as (keyof typeof compilers)[])('user code, with %s', (compiler) => {
  let moved: string;

  beforeAll(() => {
    installPublishedSdk();
    moved = mkdtempSync(join(folder, '.reprise-user-code-'));
    writeFileSync(join(moved, 'package.json'), '{ "type": "module" }');
    for (const name of readdirSync(userCode)) {
      const text = readFileSync(join(userCode, name), 'utf8');
      writeFileSync(join(moved, name), text.replaceAll('@temporalio/', '@reprise/'));
    }
  });
  afterAll(() => rmSync(moved, { recursive: true, force: true }));

  it('type-checks with the published SDK', () => expect(complaints(compiler, userCode)).toBe(''));
  it('type-checks with this one', () => expect(complaints(compiler, moved)).toBe(''));
});
