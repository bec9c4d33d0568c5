import { WorkerStatus } from '@reprise/proto';
import { describe, expect, it } from 'vitest';
import { matchesWorker } from './match-worker.ts';

const worker = {
  workerIdentity: 'ada',
  taskQueue: 'orders',
  status: WorkerStatus.WORKER_STATUS_SHUTTING_DOWN,
  startTime: { seconds: Date.parse('2024-01-01T00:00:00Z') / 1000 },
};

describe('a filter over workers', () => {
  it.each([
    '',
    "TaskQueue = 'orders'",
    "Status = 'ShuttingDown' AND WorkerIdentity STARTS_WITH 'a'",
    'BuildId IS NULL AND HeartbeatTime IS NULL',
    "StartTime BETWEEN '2020-01-01T00:00:00Z' AND '2025-01-01T00:00:00Z'",
    'StartTime > 5',
    "WorkerIdentity = 'ada' OR Nope = 'x'",
  ])('matches with %s', (query) => {
    expect(matchesWorker(query)(worker)).toBe(true);
  });

  it.each([
    "Status = 'shuttingdown'",
    "NOT TaskQueue = 'other'",
    "Nope = 'x' OR WorkerIdentity = 'ada'",
    'TaskQueue = 5',
    "TaskQueue IN ('orders')",
    "TaskQueue != ''",
    "HeartbeatTime BETWEEN '2020-01-01T00:00:00Z' AND '2025-01-01T00:00:00Z'",
    "StartTime > 'yesterday'",
  ])('does not match with %s', (query) => {
    expect(matchesWorker(query)(worker)).toBe(false);
  });

  it('is refused when it is none', () => {
    expect(() => matchesWorker('TaskQueue =')).toThrow('malformed query: syntax error');
    expect(() => matchesWorker("TaskQueue = 'a' LIMIT 1")).toThrow("operation is not supported: 'limit' clause");
  });
});
