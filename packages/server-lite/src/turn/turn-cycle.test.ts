import { setImmediate as step } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Turn } from './turn.ts';
import { TurnCycle } from './turn-cycle.ts';

/** A cycle whose disk answers when it is told to; what happens is noted in order. */
function cycle(options: { durable?: boolean; follows?: (turn: Turn) => boolean } = {}) {
  const noted: string[] = [];
  const names = new Map<Turn, string>();
  const syncs: PromiseWithResolvers<void>[] = [];
  let failing = false;
  const turns: TurnCycle = new TurnCycle({
    write(turn) {
      if (failing) throw new Error('full');
      noted.push(`write ${names.get(turn)}`);
      if (options.follows?.(turn)) begin(`after ${names.get(turn)}`);
    },
    sync() {
      noted.push('sync');
      if (options.durable) return undefined;
      syncs.push(Promise.withResolvers());
      return syncs.at(-1)?.promise;
    },
    syncNow: () => noted.push('sync now'),
    settled: (turn) => noted.push(`tell ${names.get(turn)}`),
    unwritten: () => new Error('unwritten'),
    unsettled: () => new Error('unsettled'),
  });
  const begin = (name: string): Turn => {
    const turn = turns.begin();
    names.set(turn, names.get(turn) ?? name);
    return turn;
  };
  return { noted, syncs, turns, begin, fail: (value: boolean) => (failing = value) };
}

const steps = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await step();
};

test('what is decided in one step is one turn, told when nothing follows', async () => {
  const { noted, begin } = cycle({ durable: true });
  expect(begin('a')).toBe(begin('b'));
  await steps(3);
  expect(noted).toEqual(['write a', 'sync', 'tell a']);
});

test('what follows is made durable with it', async () => {
  const { noted, begin, syncs } = cycle({ follows: (turn) => turn === first });
  const first = begin('a');
  await steps(5);
  expect(noted).toEqual(['write a', 'write after a', 'sync']);
  syncs[0]?.resolve();
  await first.settled.promise;
  expect(noted.slice(3)).toEqual(['tell a', 'tell after a']);
});

test('what follows for ever is told of all the same', async () => {
  const { noted, begin } = cycle({ durable: true, follows: () => noted.length < 20 });
  begin('a');
  await steps(4);
  expect(noted.slice(0, 5)).toEqual(['write a', 'write after a', 'write after after a', 'sync', 'tell a']);
});

test('nothing is written while the disk is waited for, and then all of it at once', async () => {
  const { noted, begin, syncs, turns } = cycle();
  begin('a');
  await steps(3);
  begin('b');
  await steps(3);
  begin('c');
  await steps(3);
  expect(noted).toEqual(['write a', 'sync']);
  expect(turns.last).toBe(turns.open);
  syncs[0]?.resolve();
  await steps(4);
  expect(noted).toEqual(['write a', 'sync', 'tell a', 'write b', 'sync']);
  syncs[1]?.resolve();
  await steps(1);
  expect(turns.last).toBeUndefined();
});

test('nothing that follows within a wait for the disk is told with what was written before it', async () => {
  const { noted, begin, syncs } = cycle({ follows: () => noted.length < 4 });
  begin('a');
  await steps(8);
  expect(noted).toEqual(['write a', 'write after a', 'write after after a', 'sync']);
  syncs[0]?.resolve();
  await steps(4);
  expect(noted.slice(4)).toEqual(['tell a', 'tell after a', 'tell after after a', 'write after after after a', 'sync']);
});

test('a turn that cannot be written takes none of those before it along', async () => {
  const { begin, syncs, fail } = cycle({ follows: (turn) => turn === first });
  const first = begin('a');
  await step();
  fail(true);
  const second = begin('more');
  await steps(3);
  await expect(second.written.promise).rejects.toThrow('unwritten');
  await expect(second.settled.promise).rejects.toThrow('unwritten');
  fail(false);
  syncs[0]?.resolve();
  await first.settled.promise;
});

test('a disk that fails fails all that waited for it, and whoever sees what was written waits for it to work', async () => {
  const { noted, begin, syncs, turns } = cycle();
  const first = begin('a');
  await steps(3);
  syncs[0]?.reject(new Error('gone'));
  await expect(first.settled.promise).rejects.toThrow('unsettled');
  await first.written.promise;
  const remains = turns.last;
  expect(remains).toBeDefined();
  const second = begin('b');
  await steps(3);
  expect(noted).toEqual(['write a', 'sync', 'write b', 'sync']);
  syncs[1]?.resolve();
  await Promise.all([remains?.settled.promise, second.settled.promise]);
  expect(turns.last).toBeUndefined();
});

test('at the end all is written, and the disk waited for', async () => {
  const { noted, begin, syncs, turns } = cycle();
  const first = begin('a');
  await steps(3);
  const second = begin('b');
  turns.finish();
  expect(noted).toEqual(['write a', 'sync', 'write b', 'sync now', 'tell a', 'tell b']);
  syncs[0]?.resolve();
  await steps(3);
  await Promise.all([first.settled.promise, second.settled.promise]);
  expect(noted).toHaveLength(6);
});
