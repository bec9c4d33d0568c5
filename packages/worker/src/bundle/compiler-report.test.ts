import { expect, it } from 'vitest';
import { compileModule, ModuleSyntaxError } from './compile-module.ts';

function messageOf(text: string, file = '/a b/x.ts'): string {
  try {
    compileModule(
      { file, text, packageType: undefined, sideEffectFree: false },
      { mode: 'production', definitions: {}, decorators: { legacy: false, emitMetadata: false } },
    );
    return 'compiles';
  } catch (error) {
    if (!(error instanceof ModuleSyntaxError)) throw error;
    return `${error.message}\n${error.frame ?? ''}`;
  }
}

it.each([
  ['export const y = ;\nconst z = 1;', 1, 18, 'Expression expected'],
  ['const a = 1;\n\tconst b = (;\n', 2, 13, 'Expression expected'],
  ['const x = {\n  a: 1,\n  b: \n};\n', 4, 1, 'Expression expected'],
  ['class A { constructor() {} constructor() {} }', 1, 28, 'A class can only have one constructor'],
])('says where it is: %j', (text, line, column, what) => {
  const [first, ...frame] = messageOf(text).split('\n');
  expect(first).toBe(`/a b/x.ts:${line}:${column}: ${what}`);
  expect(frame.join('\n')).toContain(` | ${' '.repeat(column - 1)}^`);
});

it('says that modules cannot wait', () => {
  expect(messageOf('export const a = await Promise.resolve(1);', '/x.mts')).toMatch(
    /^\/x\.mts: await outside of an async function\. .*\n> 1 \| export const a = await Promise/,
  );
});
