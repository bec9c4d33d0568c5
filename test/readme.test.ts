import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const block = /<!-- (\S+) -->\n\n```ts\n([\s\S]*?)```/g;

describe('README.md', () => {
  const blocks = [...read('README.md').matchAll(block)].map(([, path = '', code = '']) => ({ path, code }));

  it('shows code of the examples', () => {
    expect(blocks.map(({ path }) => path)).toContain('examples/hello/src/workflows.ts');
  });

  it.each(blocks)('shows $path as it is', ({ path, code }) => {
    expect(code).toBe(read(path));
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read('README.md').matchAll(/npm run ([a-z:]+)\b(?! -w)/g)].map(([, name = '']) => name);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });
});
