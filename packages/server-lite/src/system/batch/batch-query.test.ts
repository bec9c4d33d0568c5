import { describe, expect, it } from 'vitest';
import { batchQuery } from './batch-query.ts';

const visibilityQuery = "WorkflowType = 'a'";
const executions = [{ workflowId: 'w' }];
const paused = "TemporalPauseInfo STARTS_WITH 'property:activityType='";

describe('the query of a batch', () => {
  it.each([
    [{ visibilityQuery, terminationOperation: {} }, "(WorkflowType = 'a') AND (ExecutionStatus='Running')"],
    [{ visibilityQuery, deletionOperation: {} }, visibilityQuery],
    [{ visibilityQuery, resetOperation: {} }, visibilityQuery],
    [{ executions, terminationOperation: {} }, ''],
    [
      { visibilityQuery, unpauseActivitiesOperation: { type: "it's" } },
      "(TemporalPauseInfo = 'property:activityType=it\\'s') AND (ExecutionStatus='Running')",
    ],
    [
      { visibilityQuery, unpauseActivitiesOperation: { matchAll: true } },
      `((WorkflowType = 'a') AND (${paused})) AND (ExecutionStatus='Running')`,
    ],
  ])('%o looks for %s', (request, query) => {
    expect(batchQuery(request)).toBe(query);
  });
});
