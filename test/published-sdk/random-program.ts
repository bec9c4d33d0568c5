/** Programs for `src/interpreter.ts`, and what clients do to them meanwhile: always the same for a seed. */
import { randomOf, type Random } from './random-of.ts';

export type Step = [kind: string, ...args: unknown[]];

export interface ClientAct {
  readonly afterMs: number;
  readonly kind: 'signal' | 'signal without handler' | 'update' | 'refused update' | 'query' | 'cancel';
  readonly step: Step;
}

export interface RandomProgram {
  readonly main: Step;
  readonly acts: readonly ClientAct[];
}

const names = ['a', 'b', 'c'] as const;
const patches = ['p1', 'p2'] as const;

// What the published SDK cannot replay of its own histories is left out: abandoned activities that fail, and children
// that are cancelled before they have started and do not wait for it.
const commonLeaves: readonly ((random: Random) => Step)[] = [
  (random) => ['sleep', random.int(1, 60)],
  (random) => ['sleep', random.int(1, 8)],
  (random) => ['timeout', random.int(1, 40), random.chance(0.3)],
  (random) => ['activity', random.pick([0, 5, 30, 80]), random.pick([null, 'once', 'always']), 1, waits(random)],
  (random) => ['activity', random.pick([0, 30]), null, { a: [1, null, 'x'] }, random.pick([null, 'ABANDON'])],
  (random) => ['condition', random.pick(names), random.int(1, 50)],
  (random) => ['set', random.pick(names), random.pick([1, -1])],
  (random) => ['fail', random.pick(['boom', 'crash'])],
  (random) => ['ticks', random.int(1, 6)],
  () => ['thenable'],
  (random) => ['memo', random.pick(names), random.pick([1, null])],
  () => ['draw'],
  (random) => ['deprecate', random.pick(patches)],
  (random) => ['patched', random.pick(patches), ['ticks', 1], ['sleep', 1]],
  (random) => ['cancelNamed', random.pick(names)],
  () => ['cancelOwn'],
  () => ['cancelSelf'],
  (random) => ['conditionOnPatch', random.pick(patches), random.pick(names), random.int(1, 30)],
];

const localLeaves: typeof commonLeaves = [
  (random) => ['local', random.pick([0, 3, 20]), random.pick([null, null, 'once', 'always']), 2, waits(random)],
  (random) => ['local', random.pick([0, 20]), null, 3, 'ABANDON'],
];

/**
 * Programs with even seeds have no local activities: which of them were told together is not recorded, and the published
 * SDK replays them in other groups than they ran in.
 */
export const hasLocalActivities = (seed: number): boolean => seed % 2 === 1;

const waits = (random: Random): unknown => random.pick([null, 'TRY_CANCEL', 'WAIT_CANCELLATION_COMPLETED']);

const branches: readonly ((random: Random, inner: () => Step) => Step)[] = [
  (random, inner) => ['inOrder', random.list(2, 4, inner)],
  (random, inner) => ['inOrder', random.list(2, 5, inner)],
  (random, inner) => ['all', random.list(2, 4, inner)],
  (random, inner) => ['race', random.list(2, 4, inner)],
  (random, inner) => ['allSettled', random.list(2, 3, inner)],
  (random, inner) => [
    'scope',
    { cancellable: random.chance(0.7), ...(random.chance(0.4) ? { timeout: random.int(5, 60) } : {}) },
    inner(),
    random.pick([null, ...names]),
  ],
  (_random, inner) => ['nonCancellable', inner()],
  (random, inner) => ['withTimeout', random.int(2, 50), inner()],
  (random, inner) => ['cancelled', random.pick(['before', 'at once', 4, 20, 40]), inner()],
  (random, inner) => ['attempt', inner(), inner(), random.chance(0.4) ? inner() : null],
  (random, inner) => ['patched', random.pick(patches), inner(), inner()],
  (random, inner) => ['generator', random.int(1, 3), inner()],
  (_random, inner) => ['background', inner()],
  (_random, inner) => ['child', inner()],
  (_random, inner) => ['trigger', inner()],
  (_random, inner) => ['childMeanwhile', inner(), inner()],
  (random, inner) => (random.chance(0.3) ? ['continueAsNew', inner()] : inner()),
  (random, inner) => ['childWithSignal', ['inOrder', [['sleep', 20], inner()]], random.chance(0.5) ? inner() : null],
  (_random, inner) => ['signalSelf', inner()],
  (random, inner) => ['handle', random.pick(['late', 'later']), inner()],
];

const kinds = ['signal', 'signal without handler', 'update', 'refused update', 'query', 'cancel'] as const;

export function randomProgram(seed: number): RandomProgram {
  const random = randomOf(seed);
  const leaves = hasLocalActivities(seed) ? [...commonLeaves, ...localLeaves] : commonLeaves;
  const step = (depth: number): Step => {
    if (depth <= 0 || random.chance(0.25)) return random.pick(leaves)(random);
    return random.pick(branches)(random, () => step(depth - 1));
  };
  const act = (): ClientAct => ({
    afterMs: random.pick([0, 0, 10, 40, 90]),
    kind: random.pick(kinds),
    step: step(2),
  });
  const main: Step = ['inOrder', random.list(3, 3, () => step(3))];
  return { main, acts: random.list(0, 4, act) };
}
