import { TypedSearchAttributes, type SearchAttributePair } from '@reprise/common';
import type { WorkflowInfo } from '@reprise/workflow';

type Here = Pick<WorkflowInfo, 'workflowId' | 'runId' | 'workflowType' | 'taskQueue' | 'namespace'>;

const dates = ['startTime', 'runStartTime', 'executionExpirationTime'] as const;

/** The info of a workflow for sinks: what it was in the sandbox came out as JSON, and is put together again. */
export function sinkWorkflowInfo(known: unknown, here: Here, isReplaying: boolean): WorkflowInfo {
  const info: Record<string, unknown> = { ...(known as object | undefined) };
  for (const name of dates) if (typeof info[name] === 'string') info[name] = new Date(info[name]);
  const pairs = Array.isArray(info['typedSearchAttributes']) ? (info['typedSearchAttributes'] as JsonPair[]) : [];
  info['typedSearchAttributes'] = new TypedSearchAttributes(pairs.map(revived));
  return { ...info, ...here, unsafe: { now: Date.now, isReplaying } } as unknown as WorkflowInfo;
}

interface JsonPair {
  readonly key: { readonly name: string; readonly type: string };
  readonly value: unknown;
}

function revived({ key, value }: JsonPair): SearchAttributePair {
  return { key, value: key.type === 'DATETIME' ? new Date(String(value)) : value } as SearchAttributePair;
}
