/** Runs a machine through rows of [state, input, next state, effects], and checks that the rows cover every cell. */
import type { Machine, Tagged } from '@reprise/common';
import { expect, test } from 'vitest';
import type { Effect } from './thing.ts';

export type Row<State extends Tagged, Input extends Tagged> = readonly [
  from: State,
  input: Input,
  to: State['kind'],
  effects?: readonly string[],
];

/** How a row names an effect: its kind, and what it sends or tells. */
function nameOf(effect: Effect): string {
  switch (effect.kind) {
    case 'send':
      return `send ${effect.command.kind}`;
    case 'tell': {
      const { job } = effect;
      const resolution = 'resolution' in job ? ` ${job.resolution.status}` : '';
      const failure = 'failure' in job && job.failure !== undefined ? ` ${job.failure.message ?? ''}` : '';
      return `tell ${job.kind}${resolution}${failure}`;
    }
    default:
      return effect.kind;
  }
}

export function testMachine<State extends Tagged, Input extends Tagged>(
  machine: Machine<State, Input, Effect>,
  rows: readonly NoInfer<Row<State, Input>>[],
): void {
  test.each(rows.map(([from, input, to, effects = []]) => ({ from, input, to, effects })))(
    `${machine.name}: $from.kind + $input.kind -> $to`,
    ({ from, input, to, effects }) => {
      const transition = machine.step(from, input);
      expect(transition.state.kind).toBe(to);
      expect(transition.effects.map(nameOf)).toEqual(effects);
    },
  );

  test(`${machine.name}: the rows cover every cell`, () => {
    const covered = new Set(rows.map(([from, input]) => `${from.kind} + ${input.kind}`));
    const cells = machine.cells().map(([from, input]) => `${from} + ${input}`);
    expect(cells.filter((cell) => !covered.has(cell))).toEqual([]);
  });
}
