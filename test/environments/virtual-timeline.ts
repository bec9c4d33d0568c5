import type { Client } from '@reprise/client';
import type { temporal } from '@reprise/proto';

type HistoryEvent = temporal.api.history.v1.HistoryEvent;

/** The virtual time from the first event of an execution's first run to the last event of its last one, in ms. */
export async function virtualTimeline(client: Client, workflowId: string): Promise<number> {
  const eventsOf = async (runId?: string): Promise<HistoryEvent[]> =>
    (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? [];
  const latest = await eventsOf();
  const { firstExecutionRunId } = latest[0]?.workflowExecutionStartedEventAttributes ?? {};
  const first = await eventsOf(firstExecutionRunId ?? undefined);
  return timeMs(latest.at(-1)) - timeMs(first[0]);
}

function timeMs(event: HistoryEvent | undefined): number {
  return Number(event?.eventTime?.seconds ?? 0) * 1000 + Math.round((event?.eventTime?.nanos ?? 0) / 1e6);
}
