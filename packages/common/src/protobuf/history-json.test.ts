import { expect, it } from 'vitest';
import { historyFromJSON, historyToJSON } from './history-json.ts';

const event = { eventId: '1', eventType: 'EVENT_TYPE_TIMER_FIRED', timerFiredEventAttributes: { timerId: '7' } };

it('passes over fields that older or newer servers have', () => {
  const aged = { ...event, timerFiredEventAttributes: { timerId: '7', namespace: '' }, novel: { a: 1 } };
  const history = historyFromJSON({ events: [aged] });
  expect(JSON.parse(historyToJSON(history))).toEqual({ events: [event] });
});

it('refuses what does not fit the fields that there are', () => {
  expect(() => historyFromJSON({ events: [{ eventId: {} }] })).toThrow('events[0].eventId');
});
