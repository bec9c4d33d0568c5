import { createMachine, createActor, assign, setup } from 'xstate';

export async function use() {
  const m = createMachine({
    id: 't',
    initial: 'a',
    context: { n: 0 },
    states: {
      a: { on: { GO: { target: 'b', actions: assign({ n: ({ context }) => context.n + 1 }) } } },
      b: { type: 'final' },
    },
  });
  const a = createActor(m);
  a.start();
  a.send({ type: 'GO' });
  return [a.getSnapshot().value, a.getSnapshot().context, typeof setup];
}
