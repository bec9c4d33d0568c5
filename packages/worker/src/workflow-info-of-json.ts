import { TypedSearchAttributes, type SearchAttributePair } from '@reprise/common';
import type { UnsafeWorkflowInfo, WorkflowInfo } from '@reprise/workflow';

const dates = ['startTime', 'runStartTime', 'executionExpirationTime'] as const;

/** The info of a workflow outside the sandbox: it comes out as JSON, and is put together again. */
export function workflowInfoOfJson(known: object): WorkflowInfo {
  const info: Record<string, unknown> = { ...known };
  for (const name of dates) if (typeof info[name] === 'string') info[name] = new Date(info[name]);
  const pairs = Array.isArray(info['typedSearchAttributes']) ? (info['typedSearchAttributes'] as JsonPair[]) : [];
  info['typedSearchAttributes'] = new TypedSearchAttributes(pairs.map(revived));
  const unsafe = { ...(info['unsafe'] as Partial<UnsafeWorkflowInfo> | undefined), now: Date.now };
  return { ...info, unsafe } as unknown as WorkflowInfo;
}

interface JsonPair {
  readonly key: { readonly name: string; readonly type: string };
  readonly value: unknown;
}

function revived({ key, value }: JsonPair): SearchAttributePair {
  return { key, value: key.type === 'DATETIME' ? new Date(String(value)) : value } as SearchAttributePair;
}
