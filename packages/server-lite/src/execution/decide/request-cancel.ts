import type { AttributesOf } from '../event-kinds.ts';
import { isRunning } from '../execution.ts';
import type { Transition } from '../transition.ts';
import type { Link } from '../wire.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

export interface CancelRequest {
  readonly attributes: AttributesOf<'cancelRequested'>;
  readonly requestId: string;
  readonly links?: readonly Link[] | null | undefined;
}

/** Asking again, or a run that is closed, is no error and no event. */
export function requestCancel(t: Transition, given: CancelRequest): void {
  const { execution } = t;
  if (!isRunning(execution) || execution.cancelRequested) return;
  if (given.requestId) t.note({ kind: 'cancelSeen', requestId: given.requestId });
  t.record('cancelRequested', given.attributes, { links: given.links });
  if (!execution.awaitsParent) scheduleWorkflowTask(t);
}
