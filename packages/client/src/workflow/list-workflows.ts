import { checkSpelling } from '@reprise/common';
import { decodeGroupValues } from '../convert/group-values.ts';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';
import { decodeWorkflowInfo } from './workflow-info.ts';
import type { WorkflowExecutionInfo } from './workflow-info.ts';
import { fetchHistory } from './fetch-history.ts';
import { concurrently } from '../call/concurrently.ts';
import type { temporal } from '@reprise/proto';

/** Which workflows to list. */
export interface ListOptions {
  /** How many to fetch with one call; the server's default when absent. */
  pageSize?: number;
  /** A filter such as `WorkflowType = 'order' AND ExecutionStatus = 'Running'`; all workflows when absent. */
  query?: string;
}

/** How to fetch the histories of listed workflows. */
export interface IntoHistoriesOptions {
  /** Histories fetched at the same time; 5 by default. */
  concurrency?: number;
  /** Histories held before they are taken; unlimited by default. */
  bufferLimit?: number;
}

/** A history and whose it is. */
export interface HistoryAndWorkflowId {
  workflowId: string;
  history: temporal.api.history.v1.History;
}

/** Workflows, page by page as they are asked for. */
export interface AsyncWorkflowListIterable extends AsyncIterable<WorkflowExecutionInfo> {
  /** The histories of the listed workflows instead, in no particular order. */
  intoHistories(options?: IntoHistoriesOptions): AsyncIterable<HistoryAndWorkflowId>;
}

/** How many workflows match, in all and by group. */
export interface CountWorkflowExecution {
  count: number;
  groups: { count: number; groupValues: unknown[] }[];
}

/** Lists the workflows that match. */
export function listWorkflows(scope: WorkflowScope, options: ListOptions = {}): AsyncWorkflowListIterable {
  checkSpelling('ListOptions', options, { query: true, pageSize: true });
  return {
    [Symbol.asyncIterator]: () => listPages(scope, options),
    intoHistories: ({ concurrency = 5, bufferLimit } = {}) =>
      concurrently(
        listPages(scope, options),
        async ({ workflowId, runId }) => ({ workflowId, history: await fetchHistory(scope, workflowId, runId) }),
        { concurrency, bufferLimit },
      ),
  };
}

/** Counts the workflows that match. */
export async function countWorkflows(scope: WorkflowScope, query: string | undefined): Promise<CountWorkflowExecution> {
  const response = await calling(scope, { action: 'Failed to count workflows' }, () =>
    scope.service.countWorkflowExecutions({ namespace: scope.namespace, query }),
  );
  return decodeCountResponse(response);
}

/** The count of the wire. */
export function decodeCountResponse({
  count,
  groups,
}: temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse): CountWorkflowExecution {
  return {
    count: count ?? 0,
    groups: (groups ?? []).map((group) => ({
      count: group.count ?? 0,
      groupValues: decodeGroupValues(group.groupValues),
    })),
  };
}

async function* listPages(
  scope: WorkflowScope,
  { pageSize, query }: ListOptions,
): AsyncGenerator<WorkflowExecutionInfo> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const token = nextPageToken;
    const response = await calling(scope, { action: 'Failed to list workflows' }, () =>
      scope.service.listWorkflowExecutions({ namespace: scope.namespace, query, pageSize, nextPageToken: token }),
    );
    for (const raw of response.executions ?? []) {
      const { namespace, converter } = scope;
      const workflowId = raw.execution?.workflowId ?? '';
      yield await decodeWorkflowInfo(converter.within({ type: 'workflow', namespace, workflowId }), raw);
    }
    nextPageToken = response.nextPageToken ?? undefined;
  } while (nextPageToken !== undefined && nextPageToken.length > 0);
}
