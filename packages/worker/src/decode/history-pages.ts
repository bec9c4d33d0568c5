/** The whole history of a task, when what came with it is not enough. */
import type { HistoryEvent } from '../machine/event-type.ts';
import type { WorkflowTask } from './workflow-task.ts';
import type { WorkflowRpc } from '../worker-rpc.ts';

/** Whether a task carries everything from the first event on. */
export function isWholeHistory(task: WorkflowTask): boolean {
  return task.events[0]?.eventId === 1 && task.nextPageToken.length === 0;
}

/** The rest of a history that came in pages. */
export async function fetchRest(rpc: WorkflowRpc, task: WorkflowTask): Promise<WorkflowTask> {
  const events = [...task.events];
  let { nextPageToken } = task;
  while (nextPageToken.length > 0) {
    const page = await rpc.getHistoryPage(task, nextPageToken);
    events.push(...page.events);
    nextPageToken = page.nextPageToken;
  }
  return { ...task, events, nextPageToken };
}

/** The task with the history from its first event on; what came with the task itself stays as it is. */
export async function fetchWhole(rpc: WorkflowRpc, task: WorkflowTask): Promise<WorkflowTask> {
  const firstGiven = task.events[0]?.eventId ?? Number.POSITIVE_INFINITY;
  if (firstGiven === 1) return fetchRest(rpc, task);
  const before: HistoryEvent[] = [];
  let nextPageToken = new Uint8Array();
  do {
    const page = await rpc.getHistoryPage(task, nextPageToken);
    before.push(...page.events.filter((event) => isBefore(event, { firstGiven, startedEventId: task.startedEventId })));
    nextPageToken = new Uint8Array(page.nextPageToken);
  } while (nextPageToken.length > 0);
  const rest = await fetchRest(rpc, task);
  return { ...rest, events: [...before, ...rest.events] };
}

function isBefore(event: HistoryEvent, limits: { firstGiven: number; startedEventId: number }): boolean {
  const eventId = event.eventId ?? 0;
  return eventId < limits.firstGiven && (limits.startedEventId === 0 || eventId <= limits.startedEventId);
}
