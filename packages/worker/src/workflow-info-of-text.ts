import { TypedSearchAttributes, valueFromText, type SearchAttributePair } from '@reprise/common';
import type { WorkflowInfo } from '@reprise/workflow';

/** What a run may be without: code outside of the sandbox finds all of it, if only as undefined. */
const ABSENT = {
  parent: undefined,
  root: undefined,
  continuedFromExecutionRunId: undefined,
  executionTimeoutMs: undefined,
  executionExpirationTime: undefined,
  runTimeoutMs: undefined,
  retryPolicy: undefined,
  cronSchedule: undefined,
  cronScheduleToScheduleInterval: undefined,
  suggestedContinueAsNewReasons: undefined,
  lastResult: undefined,
  lastFailure: undefined,
} satisfies { [K in keyof WorkflowInfo]?: undefined };

/** The info of a workflow outside the sandbox, of which it comes out as text. */
export function workflowInfoOfText(text: string): WorkflowInfo {
  const known = valueFromText(text) as Omit<WorkflowInfo, 'typedSearchAttributes'> & {
    readonly typedSearchAttributes: readonly SearchAttributePair[];
  };
  return {
    ...ABSENT,
    ...known,
    priority: { priorityKey: undefined, fairnessKey: undefined, fairnessWeight: undefined, ...known.priority },
    typedSearchAttributes: new TypedSearchAttributes(known.typedSearchAttributes),
    unsafe: { ...known.unsafe, now: Date.now },
  } as unknown as WorkflowInfo;
}
