/** Asks for a workflow task, unless one is pending already. */
import { isRunning } from '../execution.ts';
import { taskScheduledAttributes } from '../task-attributes.ts';
import type { Transition } from '../transition.ts';
import type { ScheduledTask } from '../workflow-task-state.ts';

const SPECULATIVE_START_BY_MS = 5000;
const RETRY_INITIAL_MS = 5000;

export interface ScheduleOptions {
  readonly speculative?: boolean;
  /** Of the first task in a row of heartbeats. */
  readonly originalScheduledTimeMs?: number;
}

export function scheduleWorkflowTask(t: Transition, options: ScheduleOptions = {}): void {
  const { execution } = t;
  if (execution.task || !isRunning(execution)) return;
  const flushed = t.flush();
  const attempt = flushed > 0 ? 1 : execution.nextTaskAttempt;
  const task = plan(t, { attempt, speculative: options.speculative ?? false });
  if (task.type === 'normal') {
    t.record('taskScheduled', taskScheduledAttributes(task));
    if (options.originalScheduledTimeMs !== undefined) {
      t.note({ kind: 'originalScheduledTime', timeMs: options.originalScheduledTimeMs });
    }
  } else {
    t.note({ kind: 'taskScheduledQuietly', task });
  }
}

function plan(t: Transition, options: { attempt: number; speculative: boolean }): ScheduledTask {
  const { execution, nowMs } = t;
  const { sticky } = execution;
  const type = options.attempt > 1 ? 'transient' : options.speculative ? 'speculative' : 'normal';
  const normalStartBy = type === 'speculative' ? nowMs + SPECULATIVE_START_BY_MS : undefined;
  return {
    kind: 'scheduled',
    type,
    scheduledEventId: execution.nextEventId,
    attempt: options.attempt,
    scheduledTimeMs: nowMs,
    originalScheduledTimeMs: nowMs,
    timeoutMs: taskTimeoutMs(t, options.attempt),
    taskQueue: sticky?.name ?? execution.options.taskQueue,
    normalName: sticky?.normalName,
    startByMs: sticky ? nowMs + sticky.scheduleToStartMs : normalStartBy,
    stamp: execution.taskStamp + 1,
  };
}

/** From the fourth attempt on a task gets ever more time, with a fifth of it left to chance. */
function taskTimeoutMs(t: Transition, attempt: number): number {
  const base = t.execution.options.taskTimeoutMs;
  if (attempt < 4) return base;
  const backoff = Math.min(RETRY_INITIAL_MS * 2 ** (attempt - 4), t.around.limits.taskRetryMaxMs);
  return base + backoff * (0.8 + 0.4 * t.around.random());
}
