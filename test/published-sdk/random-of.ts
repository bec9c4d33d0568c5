/** Draws that are the same for a seed. */
export interface Random {
  /** Between `from` and `to`, both included. */
  int(from: number, to: number): number;
  chance(share: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  list<Value>(from: number, to: number, make: () => Value): Value[];
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    chance: (share) => next() < share,
    pick: (values) => {
      const [value] = values.slice(int(0, values.length - 1));
      if (value === undefined) throw new Error('there is nothing to pick');
      return value;
    },
    list: (from, to, make) => Array.from({ length: int(from, to) }, make),
  };
}
