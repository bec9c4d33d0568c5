import { isChangeVersionUpsert, patchOf } from '../diagnose/markers.ts';

import { type EditedHistory, type EditedItem, refersTo } from './edited-history.ts';
import { numberedKind, shiftNumbers } from './step-numbers.ts';

export interface TakenOut {
  readonly history: EditedHistory;
  /** The step and all that came of it, in order. */
  readonly items: readonly EditedItem[];
}

/** The history as if the code had never asked for the step of the item `key`. */
export function deleteStep(history: EditedHistory, key: number): TakenOut {
  const at = history.items.findIndex((item) => item.key === key);
  const command = history.items[at];
  if (command === undefined) return { history, items: [] };
  const next = history.items[at + 1];
  const withPatch = patchOf(command.event) !== undefined && isChangeVersionUpsert(next?.event) ? next?.key : undefined;
  const belongs = (item: EditedItem): boolean =>
    item === command || item.key === withPatch || refersTo(item.event, key);
  const kind = numberedKind(command.event);
  const rest = history.items.filter((item) => !belongs(item));
  return {
    items: history.items.filter(belongs),
    history: { ...history, items: kind === undefined ? rest : shiftNumbers(rest, kind, { from: at, by: -1 }) },
  };
}
