/**
 * A run that follows its deployment moves to another version by a workflow task there. Until that task is completed no
 * activity of the run starts, since the two versions may not go together.
 */
import { isPinned, versionInEffect } from '../effective-version.ts';
import type { Execution } from '../execution.ts';
import { isSameVersion } from '../same-version.ts';
import type { Transition } from '../transition.ts';
import type { Version } from '../version.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

/** Where the deployment of a run has it go, and by which revision of its routing. */
export interface Route {
  readonly target: Version | undefined;
  readonly revision: number;
}

/** Where it is, or is going. */
const headedFor = (execution: Execution): Version | undefined =>
  execution.versioning.move ? execution.versioning.move.to : versionInEffect(execution);

/** A workflow task that is recorded starts on a worker of this version, by this revision of its deployment's routing. */
export function noteTaker(t: Transition, version: Version | undefined, revision: number | undefined): void {
  const { execution } = t;
  if (isPinned(execution)) return;
  const isThere = isSameVersion(headedFor(execution), version);
  const { move } = execution.versioning;
  if (!isThere && revision !== undefined) t.note({ kind: 'versionRevision', revision });
  if (!isThere || (move && !move.isTaken)) t.note({ kind: 'moveBegun', to: version, isTaken: true });
}

/** What was offered while the run moved may have been refused. */
export function offerAgain(t: Transition): void {
  for (const { scheduledEventId, state, pause } of t.execution.activities.values()) {
    if (state === 'scheduled' && !pause) t.note({ kind: 'activityOffered', scheduledEventId });
  }
}

/**
 * An activity may start when its run is not moving, and does not have to move first; then the move begins.
 *
 * @param version of the worker that is about to start it; undefined for one without
 * @param route asked only of a run that belongs elsewhere
 */
export function mayStartActivity(t: Transition, version: Version | undefined, route: () => Route): boolean {
  const { execution } = t;
  if (execution.versioning.move) return false;
  if (isPinned(execution) || isSameVersion(versionInEffect(execution), version)) return true;
  // Of another version than its workflow is to be, the activity's worker is versioned by itself.
  const { target, revision } = route();
  if (!isSameVersion(version, target)) return true;
  t.note({ kind: 'moveBegun', to: version, isTaken: false });
  t.note({ kind: 'versionRevision', revision });
  if (execution.sticky) t.note({ kind: 'stickyCleared' });
  if (execution.task?.kind === 'scheduled') t.note({ kind: 'taskRequeued', stamp: execution.taskStamp + 1 });
  else scheduleWorkflowTask(t);
  return false;
}
