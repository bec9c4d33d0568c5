import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const block = /<!-- (\S+) -->\n\n```ts\n([\s\S]*?)```/g;

const part = /<!-- part of (\S+) -->\n\n```ts\n([\s\S]*?)```/g;
/** Documents may show a part of an example with less indentation. */
const flat = (text: string): string => text.replaceAll(/^\s+/gm, '');

const documents = ['README.md', ...globSync('docs/*.md', { cwd: fileURLToPath(new URL('..', import.meta.url)) })];

describe.each(documents)('%s', (document) => {
  const parts = [...read(document).matchAll(part)].map(([, path = '', code = '']) => ({ path, code }));

  it('shows no TypeScript that is in no example', () => {
    const tied = [...read(document).matchAll(block), ...read(document).matchAll(part)];
    expect(read(document).match(/```(?:ts|typescript)\n/g)?.length ?? 0).toBe(tied.length);
  });

  it.each(parts)('shows what is in $path', ({ path, code }) => {
    expect(flat(read(path))).toContain(flat(code));
  });

  it('links to files that exist', () => {
    const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => link);
    const from = new URL(`../${document}`, import.meta.url);
    for (const link of links) expect(existsSync(fileURLToPath(new URL(link, from))), link).toBe(true);
  });
});

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

it.each(globSync('packages/*', { cwd: fileURLToPath(new URL('..', import.meta.url)) }))(
  '%s says what it is',
  (folder) => {
    const { name } = JSON.parse(read(`${folder}/package.json`)) as { name: string };
    expect(read(`${folder}/README.md`)).toMatch(new RegExp(`^# ${name}\n`));
  },
);

it('ARCHITECTURE.md has every package in its folder map', () => {
  const text = read('ARCHITECTURE.md');
  const folders = readdirSync(fileURLToPath(new URL('../packages', import.meta.url)));
  expect(folders.filter((folder) => !text.includes(`\`packages/${folder}\``))).toEqual([]);
});

describe('doc comments', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const examples = globSync('packages/*/src/**/*.ts', { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) => {
      const text = comment.replaceAll(/^\s*\*\/?|\*\/$/gm, '');
      return [...text.matchAll(/@example\s([\s\S]*?)(?=\n\s*@\w|$)/g)].map(([, code = '']) => ({ file, code }));
    }),
  );

  it('have examples', () => {
    expect(examples.length).toBeGreaterThan(50);
  });

  it.each(examples)('$file shows code that compiles', ({ code }) => {
    const lines = code.split('\n').map((line) => line.trim().replace(/^export /, ''));
    const isImport = (line: string): boolean => line.startsWith('import ');
    // What an example leaves out is written as dots.
    const body = lines.filter((line) => !isImport(line)).join('\n');
    const whole = body.replaceAll(/\.\.\.,? *(?=[}\])])|\.\.\., /g, '');
    const program = `${lines.filter(isImport).join('\n')}\nasync function example() {\n${whole}\n}`;
    expect(() => stripTypeScriptTypes(program)).not.toThrow();
  });
});
