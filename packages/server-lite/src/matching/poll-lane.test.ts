import { expect, it } from 'vitest';
import { laneOfPoll, unversionedLane } from './poll-lane.ts';

const poll = {
  queue: { namespaceId: 'n', name: 'q', kind: 'workflow' },
  identity: 'w',
  deadlineMs: 0,
  signal: new AbortController().signal,
} as const;
const version = { deploymentName: 'd', buildId: 'b' };

it.each([
  { told: {}, lane: unversionedLane },
  { told: { version }, lane: 'd:b' },
  { told: { capabilities: { buildId: 'b', useVersioning: false } }, lane: unversionedLane },
  { told: { capabilities: { buildId: 'b', useVersioning: true } }, lane: ':b' },
  { told: { version, capabilities: { buildId: 'c', useVersioning: true } }, lane: 'd:b' },
])('a poll with $told is for the work of "$lane"', ({ told, lane }) => {
  expect(laneOfPoll({ ...poll, ...told })).toBe(lane);
});
