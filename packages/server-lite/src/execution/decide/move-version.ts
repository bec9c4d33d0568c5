/**
 * A run that follows its deployment moves to another version by a workflow task there. Until that task is completed no
 * activity of the run starts, since the two versions may not go together.
 */
import { behaviorInEffect, versionInEffect } from '../effective-version.ts';
import type { Execution } from '../execution.ts';
import { isSameVersion } from '../same-version.ts';
import type { Transition } from '../transition.ts';
import type { Version } from '../version.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';

const pinnedBehavior = 1;

/** Where work of the run is about to start, and where its deployment has it go. */
export interface Step {
  /** Undefined for a worker without a version. */
  readonly version: Version | undefined;
  readonly target: Version | undefined;
  readonly revision: number;
}

/** Where it is, or is going. */
const headedFor = (execution: Execution): Version | undefined =>
  execution.versioning.move ? execution.versioning.move.to : versionInEffect(execution);

/** A workflow task that is recorded starts on a worker of this version, by this revision of its deployment's routing. */
export function noteTaker(t: Transition, version: Version | undefined, revision: number | undefined): void {
  const { execution } = t;
  if (behaviorInEffect(execution) === pinnedBehavior) return;
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

/** An activity may start when its run is not moving, and does not have to move first; then the move begins. */
export function mayStartActivity(t: Transition, { version, target, revision }: Step): boolean {
  const { execution } = t;
  if (execution.versioning.move) return false;
  if (behaviorInEffect(execution) === pinnedBehavior || isSameVersion(versionInEffect(execution), version)) return true;
  // Of another version than its workflow is to be, the activity's worker is versioned by itself.
  if (!isSameVersion(version, target)) return true;
  t.note({ kind: 'moveBegun', to: version, isTaken: false });
  t.note({ kind: 'versionRevision', revision });
  if (execution.sticky) t.note({ kind: 'stickyCleared' });
  if (execution.task?.kind === 'scheduled') t.note({ kind: 'taskRequeued', stamp: execution.taskStamp + 1 });
  else scheduleWorkflowTask(t);
  return false;
}
