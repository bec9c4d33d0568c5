import { expect, test } from 'vitest';

import { defineMachine, InvalidTransitionError, stay, to } from './machine.ts';

type State = { kind: 'shut' } | { kind: 'open'; since: number };
type Input = { kind: 'open'; at: number } | { kind: 'shut' };
type Effect = { kind: 'creak'; volume: number } | { kind: 'slam' };

const door = defineMachine<State, Input, Effect>('door', {
  shut: { open: (_state, { at }) => to({ kind: 'open', since: at }, { kind: 'creak', volume: 1 }), shut: stay },
  open: { shut: () => to({ kind: 'shut' }, { kind: 'creak', volume: 2 }, { kind: 'slam' }) },
});

test('a step gives the next state and the effects', () => {
  expect(door.step({ kind: 'shut' }, { kind: 'open', at: 5 })).toEqual({
    state: { kind: 'open', since: 5 },
    effects: [{ kind: 'creak', volume: 1 }],
  });
  expect(door.step({ kind: 'open', since: 5 }, { kind: 'shut' }).effects).toHaveLength(2);
  expect(door.step({ kind: 'shut' }, { kind: 'shut' })).toEqual({ state: { kind: 'shut' }, effects: [] });
});

test('a missing cell is an error that names machine, state and input', () => {
  expect(() => door.step({ kind: 'open', since: 1 }, { kind: 'open', at: 2 })).toThrow(
    new InvalidTransitionError('door', 'open', 'open'),
  );
  expect([door.accepts({ kind: 'open', since: 1 }, 'open'), door.accepts({ kind: 'shut' }, 'open')]).toEqual([
    false,
    true,
  ]);
  expect(door.cells()).toEqual([
    ['shut', 'open'],
    ['shut', 'shut'],
    ['open', 'shut'],
  ]);
});
