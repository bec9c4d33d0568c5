import type { VisibilityRecord } from './effects.ts';
import type { Execution } from './execution.ts';
import { ownActivity } from './own-activity.ts';

/** The division of lists in which activities of their own are kept apart from workflows. */
export const activityDivision = '3332429922';
const encoder = new TextEncoder();

/** An activity of its own as lists see it: its type is where workflows have theirs. */
export function standaloneRecord(execution: Execution): VisibilityRecord {
  const { run, closed, startTimeMs } = execution;
  const { activity } = ownActivity(execution);
  return {
    runKey: run.key,
    namespaceId: run.namespaceId,
    workflowId: run.workflowId,
    runId: run.runId,
    workflowType: activity.attributes.activityType?.name ?? '',
    taskQueue: activity.options.taskQueue,
    status: execution.status,
    startTimeMs,
    executionTimeMs: startTimeMs + activity.delayMs,
    rootWorkflowId: run.workflowId,
    rootRunId: run.runId,
    ...(closed ? { closeTimeMs: closed.timeMs, stateTransitionCount: execution.transitionCount } : {}),
    memo: {},
    searchAttributes: {
      indexedFields: {
        ...Object.fromEntries(execution.searchAttributes),
        TemporalNamespaceDivision: {
          metadata: { encoding: encoder.encode('json/plain'), type: encoder.encode('Keyword') },
          data: encoder.encode(JSON.stringify(activityDivision)),
        },
      },
    },
  };
}
