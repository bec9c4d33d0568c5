import { EventType, type HistoryEvent } from '@reprise/worker/replay';

import { patchOf } from '../diagnose/markers.ts';
import { shiftActivityNumbers, takesActivityNumber } from './activity-order.ts';
import { type EditedHistory, type EditedItem, refersTo } from './edited-history.ts';

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
  const withPatch = patchOf(command.event) !== undefined && isChangeVersion(next?.event) ? next?.key : undefined;
  const belongs = (item: EditedItem): boolean =>
    item === command || item.key === withPatch || refersTo(item.event, key);
  const rest = history.items.filter((item) => !belongs(item));
  return {
    items: history.items.filter(belongs),
    history: { ...history, items: takesActivityNumber(command.event) ? shiftActivityNumbers(rest, at, -1) : rest },
  };
}

function isChangeVersion(event: HistoryEvent | undefined): boolean {
  if (event?.eventType !== EventType.UpsertWorkflowSearchAttributes) return false;
  const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields ?? {};
  return 'TemporalChangeVersion' in fields;
}
