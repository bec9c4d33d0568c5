/**
 * A history with some steps taken out, put in or renamed, so that a replay shows how far the code comes if that is what
 * changed. Never sent anywhere: it exists to find the explanation that fits best.
 *
 * I1. Events of the recording are not changed in place; an item that differs has an event of its own.
 * I2. Items refer to each other by `key`; `toEvents` turns keys into the numbers that a history has.
 */
import type { HistoryEvent } from '@reprise/worker/replay';

export interface EditedItem {
  /** The event id of the recording, or a number of its own for an event that was put in. */
  readonly key: number;
  readonly event: HistoryEvent;
  /** What the recording has here: absent for events that were put in. */
  readonly recorded?: HistoryEvent;
  readonly isRenamed?: true;
}

export interface EditedHistory {
  readonly items: readonly EditedItem[];
  /** The next key for an event that is put in; above all ids of the recording. */
  readonly nextKey: number;
}

const FIRST_OWN_KEY = 1_000_000_000;

export function unedited(events: readonly HistoryEvent[]): EditedHistory {
  return {
    items: events.map((event) => ({ key: event.eventId ?? 0, event, recorded: event })),
    nextKey: FIRST_OWN_KEY,
  };
}

/** Plain events, numbered from 1 without gaps, as a replay takes them. */
export function toEvents({ items, nextKey }: EditedHistory): HistoryEvent[] {
  if (nextKey === FIRST_OWN_KEY && items.every(({ key }, index) => key === index + 1))
    return items.map(({ event }) => event);
  const idOf = new Map(items.map(({ key }, index) => [key, index + 1]));
  return items.map(({ event }, index) => renumbered(event, index + 1, idOf));
}

/** Fields that name another event of the same history. */
const REFERENCE = /EventId$/;

function renumbered(event: HistoryEvent, eventId: number, idOf: ReadonlyMap<number, number>): HistoryEvent {
  const attributesName = attributesNameOf(event);
  if (attributesName === undefined) return { ...event, eventId };
  const attributes = { ...event[attributesName] } as Record<string, unknown>;
  for (const [name, value] of Object.entries(attributes)) {
    if (REFERENCE.test(name) && typeof value === 'number') attributes[name] = idOf.get(value) ?? value;
  }
  return { ...event, eventId, [attributesName]: attributes };
}

type AttributesName = Extract<keyof HistoryEvent, `${string}EventAttributes`>;

export function attributesNameOf(event: HistoryEvent): AttributesName | undefined {
  return Object.keys(event).find((name): name is AttributesName => name.endsWith('EventAttributes'));
}

/** The events that follow up on the event `key`: its start, its result, and so on. */
export function refersTo(event: HistoryEvent, key: number): boolean {
  const name = attributesNameOf(event);
  if (name === undefined) return false;
  const { scheduledEventId, startedEventId, initiatedEventId, acceptedEventId } = (event[name] ?? {}) as Record<
    string,
    unknown
  >;
  return [scheduledEventId, startedEventId, initiatedEventId, acceptedEventId].includes(key);
}
