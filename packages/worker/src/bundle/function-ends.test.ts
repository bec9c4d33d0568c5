import { expect, test } from 'vitest';
import { functionsOf } from './function-ends.ts';

const SOURCE = `// größe
export async function order(input: { id: number }): Promise<string> {
  setHandler(q, () => {
    return 1;
  });
  if (input.id > 1) return 'a';
  throw new Error('ü'); return 'b';
}
const other = async <T,>(x: T) => { return x; };
class A { m() { return 2; } }
`;

test('functions know their own returns, in lines and columns of the source', () => {
  functionsOf('const before = () => { return 0; };', 'a.ts');
  expect(functionsOf(SOURCE, 'order.ts').map(({ name, returns }) => ({ name, returns }))).toEqual([
    {
      name: 'order',
      returns: [
        { line: 6, column: 21 },
        { line: 7, column: 25 },
      ],
    },
    { name: undefined, returns: [{ line: 4, column: 5 }] },
    { name: 'other', returns: [{ line: 9, column: 37 }] },
    { name: 'm', returns: [{ line: 10, column: 17 }] },
  ]);
});

test('what is no TypeScript has none', () => {
  expect(functionsOf('function (', 'a.ts')).toEqual([]);
});
