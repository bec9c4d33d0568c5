import { disguise, replace, type Sources } from './realm.ts';

/** `Math.random` draws from the seeded stream of the run. */
export function tameMath(realm: typeof globalThis, { random }: Sources): void {
  replace(
    realm.Math,
    'random',
    disguise(() => random(), realm.Math.random),
  );
}
