import { describe, expect, it } from 'vitest';
import { StreamTable } from './stream-table.ts';

describe('StreamTable', () => {
  it('has what was added and not deleted, in the order of the numbers', () => {
    const table = new StreamTable<string>();
    for (const streamId of [1, 3, 5, 7]) table.add(streamId, `stream ${String(streamId)}`);
    expect(table.delete(3)).toBe(true);
    expect(table.delete(3)).toBe(false);
    expect([table.get(1), table.get(3), table.size]).toEqual(['stream 1', undefined, 3]);
    expect(table.entries()).toEqual([
      [1, 'stream 1'],
      [5, 'stream 5'],
      [7, 'stream 7'],
    ]);
    expect(table.takeAll()).toEqual(['stream 1', 'stream 5', 'stream 7']);
    expect([table.size, table.entries()]).toEqual([0, []]);
  });
});
