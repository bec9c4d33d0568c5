import { KeyedHeap } from '../keyed-heap.ts';

/** One entry of a timer queue. */
export interface Due {
  readonly key: string;
  readonly dueMs: number;
  /** Order of being set: breaks ties. */
  readonly order: number;
  readonly fire: () => Promise<void> | void;
}

export const dueHeap = (): KeyedHeap<Due> =>
  new KeyedHeap((a, b) => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order));
