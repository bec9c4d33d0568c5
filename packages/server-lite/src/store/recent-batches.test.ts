import { expect, test } from 'vitest';
import { RecentBatches } from './recent-batches.ts';

const batch = (byte: number, bytes = 1): Uint8Array => Buffer.alloc(bytes, byte);
const all = { fromEventId: 1, limit: 100 };

test('gives what holds the event, and what follows', () => {
  const recent = new RecentBatches();
  for (const firstEventId of [1, 3, 6]) recent.add(7, firstEventId, batch(firstEventId));
  expect(recent.read(7, all)).toEqual([batch(1), batch(3), batch(6)]);
  expect(recent.read(7, { fromEventId: 4, limit: 100 })).toEqual([batch(3), batch(6)]);
  expect(recent.read(7, { fromEventId: 3, limit: 1 })).toEqual([batch(3)]);
  expect(recent.read(7, { fromEventId: 99, limit: 100 })).toEqual([batch(6)]);
  expect(recent.read(8, all)).toBeUndefined();
});

test('knows nothing of a run that has been taken away', () => {
  const recent = new RecentBatches();
  recent.add(7, 1, batch(1));
  recent.delete(7);
  expect(recent.read(7, all)).toBeUndefined();
});

test('a run that it has not known from the start is read from where it knows it', () => {
  const recent = new RecentBatches();
  recent.add(7, 5, batch(5));
  expect(recent.read(7, all)).toBeUndefined();
  expect(recent.read(7, { fromEventId: 5, limit: 9 })).toEqual([batch(5)]);
});

test('forgets the beginning of long runs, and the runs that were written to first', () => {
  const recent = new RecentBatches();
  const kilobytes = (count: number) => batch(1, count * 1024);
  recent.add(1, 1, kilobytes(10));
  recent.add(1, 2, kilobytes(10));
  expect(recent.read(1, all)).toBeUndefined();
  expect(recent.read(1, { fromEventId: 2, limit: 9 })).toHaveLength(1);
  for (let run = 2; run < 1100; run++) recent.add(run, 1, kilobytes(16));
  expect(recent.read(1, { fromEventId: 2, limit: 9 })).toBeUndefined();
  expect(recent.read(1099, all)).toHaveLength(1);
});

test('a batch that is too large is not kept', () => {
  const recent = new RecentBatches();
  recent.add(1, 1, batch(1, 20 * 1024));
  expect(recent.read(1, all)).toBeUndefined();
});
