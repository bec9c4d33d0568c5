import { expect, test } from 'vitest';

import { RecordedRun } from '../recorded-run.suite.ts';
import { checkHistory } from './check-history.ts';
import { goldenHistories, goldenScenarios } from './golden.suite.ts';
import { parseHistory } from './parse-history.ts';
import type { HistoryEvent } from './recorded-history.ts';

const events = (): HistoryEvent[] =>
  parseHistory(JSON.stringify(new RecordedRun().task().activity('charge', 1, 2).task().timer('1s').task().completed(2)))
    .events;

/** No server that this was written for has it. */
const UNKNOWN_TYPE = 999 as unknown as NonNullable<HistoryEvent['eventType']>;

/** The history with the event of the id changed. */
function changed(eventId: number, change: (event: HistoryEvent) => HistoryEvent): HistoryEvent[] {
  return events().map((event) => (event.eventId === eventId ? change(event) : event));
}

test.each<[problem: string, events: HistoryEvent[]]>([
  [
    'event 5 (ActivityTaskScheduled) has no activityTaskScheduledEventAttributes',
    changed(5, ({ activityTaskScheduledEventAttributes: _gone, ...rest }) => rest),
  ],
  [
    'event 5 (ActivityTaskScheduled) has no activityType.name',
    changed(5, (event) => ({ ...event, activityTaskScheduledEventAttributes: { activityId: '1' } })),
  ],
  [
    'event 7 (ActivityTaskCompleted) follows up on event 99, which is not there',
    changed(7, (event) => ({ ...event, activityTaskCompletedEventAttributes: { scheduledEventId: 99 } })),
  ],
  [
    'event 7 (ActivityTaskCompleted) follows up on event 2 (WorkflowTaskScheduled)',
    changed(7, (event) => ({ ...event, activityTaskCompletedEventAttributes: { scheduledEventId: 2 } })),
  ],
  [
    'event 6 (ActivityTaskCompleted) has ended already',
    changed(6, (event) => ({
      ...event,
      eventType: 12,
      activityTaskCompletedEventAttributes: { scheduledEventId: 5 },
    })),
  ],
  ['event 6 is of type 999', changed(6, (event) => ({ ...event, eventType: UNKNOWN_TYPE }))],
  [
    'event 6 (WorkflowExecutionStarted) begins the run a second time',
    changed(6, (event) => ({ ...event, eventType: 1 })),
  ],
])('%s', (problem, given) => {
  expect(() => checkHistory(given, {})).toThrow(problem);
});

test('an event of a type that replay may pass over is passed over', () => {
  const given = changed(6, (event) => ({ ...event, eventType: UNKNOWN_TYPE, workerMayIgnore: true }));
  expect(checkHistory(given, {}).workflowType).toBe('order');
});

test('what a server recorded is whole', () => {
  for (const scenario of goldenScenarios()) {
    for (const history of goldenHistories(scenario)) {
      expect(() => checkHistory(parseHistory(history).events, {}), scenario).not.toThrow();
    }
  }
});
