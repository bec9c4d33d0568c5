import { invalidArgument, notFound, resourceExhausted } from '../../errors.ts';
import type { AttributesOf } from '../event-kinds.ts';
import { isRunning } from '../execution.ts';
import type { Transition } from '../transition.ts';
import type { Link } from '../wire.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

const busyWorkflow = 5;

export interface Signal {
  readonly attributes: AttributesOf<'signaled'>;
  readonly requestId: string;
  readonly links?: readonly Link[] | null | undefined;
  /** A task is scheduled even while the first one still waits for its time. */
  readonly endsBackoff?: boolean;
}

/** @throws ServiceError NOT_FOUND when the run is closed */
export function requireOpen(t: Transition): void {
  if (!isRunning(t.execution)) throw notFound('workflow execution already completed');
}

/** @throws ServiceError RESOURCE_EXHAUSTED while the run is about to close */
export function requireNotClosing(t: Transition): void {
  if (!t.execution.closeAttempted || t.execution.task?.kind !== 'started') return;
  throw resourceExhausted('workflow operation can not be applied because workflow is closing', { cause: busyWorkflow });
}

export function signal(t: Transition, given: Signal): void {
  const { execution } = t;
  if (given.requestId && execution.signalRequestIds.has(given.requestId)) return;
  requireOpen(t);
  requireNotClosing(t);
  if (execution.signalCount >= t.around.limits.signals) {
    throw invalidArgument('exceeded workflow execution limit for signal events');
  }
  if (given.requestId) t.note({ kind: 'signalSeen', requestId: given.requestId });
  t.record('signaled', given.attributes, { links: given.links });
  const waitsForFirst = execution.backoffUntilMs !== undefined || execution.awaitsParent;
  if (!waitsForFirst || given.endsBackoff) scheduleWorkflowTask(t);
}
