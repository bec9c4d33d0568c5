import { describe, expect, it } from 'vitest';
import { type Columns, type Custom, renamedColumns, typesOfColumns, withColumns } from './search-attribute-columns.ts';

describe('columns of custom search attributes', () => {
  it.each<[string, { columns: Columns; custom: Custom; expected: Columns }]>([
    [
      'are numbered by type',
      { columns: {}, custom: { a: 'Int', b: 'Int', c: 'Bool' }, expected: { Int01: 'a', Int02: 'b', Bool01: 'c' } },
    ],
    ['stay with their names', { columns: { Int01: 'a', Int02: 'b' }, custom: { b: 'Int' }, expected: { Int02: 'b' } }],
    [
      'are taken where they are free',
      { columns: { Int02: 'b' }, custom: { b: 'Int', c: 'Int' }, expected: { Int01: 'c', Int02: 'b' } },
    ],
    ['that there are not stay', { columns: { Nope: 'x' }, custom: {}, expected: { Nope: 'x' } }],
  ])('%s', (_name, { columns, custom, expected }) => {
    expect(withColumns(columns, custom)).toEqual(expected);
  });

  it('are freed by an empty name, keep the one they have, and take a new one', () => {
    const columns = { Int01: 'a', Int02: 'b' };
    expect(renamedColumns(columns, { Int01: '', Int03: 'c', Keyword01: 'b' })).toEqual({ Int02: 'b', Int03: 'c' });
    expect(renamedColumns(columns, { Int01: 'a' })).toBe(columns);
    expect(() => renamedColumns(columns, { Int01: 'other' })).toThrow('already allocated');
  });

  it('say what their attributes hold', () => {
    expect(typesOfColumns({ Int01: 'a', KeywordList03: 'b', Int09: 'c', Nope: 'd' })).toEqual({
      a: 'Int',
      b: 'KeywordList',
    });
  });
});
