import type { temporal } from '@reprise/proto';
import { calling } from './workflow-scope.ts';
import type { WorkflowScope } from './workflow-scope.ts';

/** The whole history of a run as the server has it, in as many pages as it makes of it. */
export async function fetchHistory(
  scope: WorkflowScope,
  workflowId: string,
  runId: string | undefined,
): Promise<temporal.api.history.v1.History> {
  const events: temporal.api.history.v1.HistoryEvent[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const token = nextPageToken;
    const response = await calling(scope, { action: 'Failed to fetch Workflow history', workflowId, runId }, () =>
      scope.rawService.getWorkflowExecutionHistory({
        namespace: scope.namespace,
        execution: { workflowId, ...(runId !== undefined && { runId }) },
        ...(token !== undefined && { nextPageToken: token }),
      }),
    );
    events.push(...(response.history?.events ?? []));
    nextPageToken = response.nextPageToken ?? undefined;
  } while (nextPageToken !== undefined && nextPageToken.length > 0);
  return { events };
}
