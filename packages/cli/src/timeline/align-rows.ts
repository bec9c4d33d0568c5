import type { TimelineRow } from './timeline-row.ts';

export interface RowPair {
  readonly left?: TimelineRow;
  readonly right?: TimelineRow;
}

/** Pairs rows that say the same, in order, so that as many as possible have a partner. */
export function alignRows(left: readonly TimelineRow[], right: readonly TimelineRow[]): RowPair[] {
  const lengths = commonLengths(left, right);
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  const pairs: RowPair[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const [a, b] = [left[l], right[r]];
    if (a !== undefined && b !== undefined && a.what === b.what) {
      pairs.push({ left: a, right: b });
      l++;
      r++;
    } else if (a !== undefined && (b === undefined || at(l + 1, r) >= at(l, r + 1))) {
      pairs.push({ left: a });
      l++;
    } else if (b !== undefined) {
      pairs.push({ right: b });
      r++;
    }
  }
  return pairs;
}

/** How many rows can be paired from each position on. */
function commonLengths(left: readonly TimelineRow[], right: readonly TimelineRow[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let l = left.length - 1; l >= 0; l--) {
    const row = lengths[l] ?? [];
    const below = lengths[l + 1] ?? [];
    for (let r = right.length - 1; r >= 0; r--) {
      const isSame = left[l]?.what === right[r]?.what;
      row[r] = isSame ? (below[r + 1] ?? 0) + 1 : Math.max(below[r] ?? 0, row[r + 1] ?? 0);
    }
  }
  return lengths;
}
