import type { NewRun } from '../new-run.ts';
import type { Transition } from '../transition.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

/** The first transition of a run. `before` comes between its start and its first task. */
export function startRun(t: Transition, newRun: NewRun, before: (t: Transition) => void = () => {}): void {
  t.record('started', newRun.attributes, newRun.extras);
  t.note({ kind: 'requestSeen', requestId: newRun.createRequestId, eventId: 1, eventType: 1 });
  before(t);
  const { backoffUntilMs, awaitsParent } = t.execution;
  if (backoffUntilMs === undefined && !awaitsParent) scheduleWorkflowTask(t);
}
