/** A worker takes the scheduled workflow task. */
import { startedTaskAttributes, taskScheduledAttributes } from '../task-attributes.ts';
import type { Transition } from '../transition.ts';
import type { StartedTask, WorkerVersion } from '../workflow-task-state.ts';

export interface WorkflowTaskStart {
  readonly requestId: string;
  readonly identity: string;
  readonly workerVersion?: WorkerVersion | undefined;
  readonly targetChanged?: boolean;
  /** It was taken from the queue that all workers share. */
  readonly fromNormalQueue?: boolean;
  /** When it is not what the run itself has. */
  readonly historySizeBytes?: number;
}

const TOO_LARGE = 1;
const TOO_MANY_EVENTS = 2;
const TOO_MANY_UPDATES = 3;

/** The task must be scheduled and not started. */
export function startWorkflowTask(t: Transition, start: WorkflowTaskStart): StartedTask {
  const { execution } = t;
  const waiting = execution.task;
  if (waiting?.kind !== 'scheduled') {
    throw new TypeError(`expected a scheduled workflow task of run ${execution.run.runId}, found ${waiting?.kind}`);
  }
  if (waiting.type !== 'normal' && waiting.scheduledEventId !== execution.nextEventId) {
    t.record('taskScheduled', taskScheduledAttributes({ ...waiting, attempt: 1 }));
  }
  const task = execution.task;
  if (task?.kind !== 'scheduled') throw new TypeError('expected the workflow task to stay scheduled');
  // Nothing says yet that it was meant for a sticky queue whose worker is gone.
  const movesQueue = task.type === 'speculative' && start.fromNormalQueue === true && task.normalName !== undefined;
  if (movesQueue) t.note({ kind: 'stickyCleared' });
  const suggestReasons = reasonsToContinue(t);
  let started: StartedTask = {
    ...task,
    kind: 'started',
    startByMs: undefined,
    // Events may have come since a recorded task was scheduled; one that is not recorded is thought behind the last event.
    startedEventId: task.type === 'normal' ? execution.nextEventId : task.scheduledEventId + 1,
    startedTimeMs: t.nowMs,
    identity: start.identity,
    requestId: start.requestId,
    ...(start.workerVersion ? { workerVersion: start.workerVersion } : {}),
    historySizeBytes: start.historySizeBytes ?? execution.historySizeBytes,
    ...(movesQueue ? { taskQueue: execution.options.taskQueue, normalName: undefined } : {}),
    ...(start.targetChanged ? { targetChanged: true } : {}),
    suggestContinueAsNew: suggestReasons.length > 0,
    suggestReasons,
  };
  if (task.type === 'normal') {
    t.record('taskStarted', startedTaskAttributes(started, task.scheduledEventId));
    if (execution.task?.kind === 'started') started = execution.task;
  } else {
    t.note({ kind: 'taskStartedQuietly', task: started });
  }
  for (const update of execution.updates.values()) {
    // An update whose event is in history is not sent again: the worker meets it there.
    if (update.state === 'admitted' && !update.admittedEventId)
      t.note({ kind: 'updateSent', updateId: update.updateId });
  }
  return started;
}

function reasonsToContinue(t: Transition): number[] {
  const { execution } = t;
  const { limits } = t.around;
  const reasons: number[] = [];
  if (execution.historySizeBytes >= limits.suggestContinueBytes) reasons.push(TOO_LARGE);
  if (execution.nextEventId > limits.suggestContinueEvents) reasons.push(TOO_MANY_EVENTS);
  if (execution.updateCount >= limits.updatesTotal * 0.9) reasons.push(TOO_MANY_UPDATES);
  return reasons;
}
