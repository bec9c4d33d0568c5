import { EventType, isCommandEvent } from '@reprise/worker/replay';

import { isChangeVersionUpsert, patchOf } from '../diagnose/markers.ts';

import { type EditedHistory, type EditedItem, refersTo } from './edited-history.ts';
import { numberedKind, shiftNumbers } from './step-numbers.ts';

export interface TakenOut {
  readonly history: EditedHistory;
  /** The step and all that came of it, in order. */
  readonly items: readonly EditedItem[];
}

/**
 * The items that stay, without the tasks in which the code learned of nothing but what goes: what it asked for there, it
 * asks for in the task before.
 */
function withoutIdleTasks(items: readonly EditedItem[], goes: (item: EditedItem) => boolean): EditedItem[] {
  const idle = new Set<EditedItem>();
  let news: EditedItem[] = [];
  items.forEach((item, index) => {
    const { event, key } = item;
    if (event.eventType === EventType.WorkflowTaskCompleted) news = [];
    else if (event.eventType !== EventType.WorkflowTaskScheduled) {
      if (!isCommandEvent(event)) news.push(item);
    } else if (news.length > 0 && news.every(goes)) {
      const task = items.slice(index, index + 3);
      const isWhole = task.at(-1)?.event.eventType === EventType.WorkflowTaskCompleted;
      if (isWhole && task.every((each) => each === item || refersTo(each.event, key)))
        task.forEach((each) => idle.add(each));
    }
  });
  return items.filter((item) => !goes(item) && !idle.has(item));
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
  const rest = withoutIdleTasks(history.items, belongs);
  return {
    items: history.items.filter(belongs),
    history: { ...history, items: kind === undefined ? rest : shiftNumbers(rest, kind, { from: at, by: -1 }) },
  };
}
