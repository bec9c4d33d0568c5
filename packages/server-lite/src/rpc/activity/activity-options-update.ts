import { TaskQueueKind, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { Activity, ActivityOptions } from '../../execution/activity-state.ts';
import { completedTimeouts, timeoutProblem } from '../../execution/decide/command/activity-options.ts';
import { completedPolicy } from '../../execution/retry.ts';
import { duration } from '../../execution/wire.ts';

type Options = temporal.api.activity.v1.ActivityOptions;

const camel = (path: string): string => path.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

/** Puts the fields that the mask names in place. @throws ServiceError INVALID_ARGUMENT */
export function changedOptions(activity: Activity, given: Options, paths: readonly string[]): ActivityOptions {
  let next = activity.options;
  for (const path of paths.map(camel)) next = change(next, given, path);
  const timeouts = {
    activityId: activity.activityId,
    activityType: activity.attributes.activityType,
    scheduleToCloseTimeout: next.scheduleToClose,
    scheduleToStartTimeout: next.scheduleToStart,
    startToCloseTimeout: next.startToClose,
    heartbeatTimeout: next.heartbeat,
  };
  const problem = timeoutProblem(timeouts);
  if (problem !== undefined) throw invalidArgument(problem);
  // As when it was scheduled, but for the run's timeout and the retry policy: those the service does not look at here.
  const completed = completedTimeouts(timeouts, 0);
  return {
    ...next,
    scheduleToClose: completed.scheduleToCloseTimeout,
    scheduleToStart: completed.scheduleToStartTimeout,
    startToClose: completed.startToCloseTimeout,
    heartbeat: completed.heartbeatTimeout,
  };
}

/** Fields that it does not know are left alone, as the service leaves them. */
function change(options: ActivityOptions, given: Options, path: string): ActivityOptions {
  const zero = duration(0);
  const [root = '', leaf] = path.split('.');
  switch (root) {
    case 'scheduleToCloseTimeout':
      return { ...options, scheduleToClose: given.scheduleToCloseTimeout ?? zero };
    case 'scheduleToStartTimeout':
      return { ...options, scheduleToStart: given.scheduleToStartTimeout ?? zero };
    case 'startToCloseTimeout':
      return { ...options, startToClose: given.startToCloseTimeout ?? zero };
    case 'heartbeatTimeout':
      return { ...options, heartbeat: given.heartbeatTimeout ?? zero };
    case 'taskQueue':
      if (leaf !== 'name') return options;
      if (!given.taskQueue) throw invalidArgument('TaskQueue is not provided');
      return { ...options, taskQueue: given.taskQueue.name ?? '' };
    case 'priority':
      if (!leaf) return { ...options, priority: given.priority ?? undefined };
      if (!given.priority) throw invalidArgument('Priority is not provided');
      return { ...options, priority: withField(options.priority ?? {}, given.priority, leaf) };
    case 'retryPolicy':
      if (leaf && !given.retryPolicy) throw invalidArgument('RetryPolicy is not provided');
      return {
        ...options,
        retryPolicy: completedPolicy(
          leaf ? withField(options.retryPolicy, given.retryPolicy ?? {}, leaf) : (given.retryPolicy ?? {}),
        ),
      };
    default:
      return options;
  }
}

const withField = <Message extends object>(into: Message, from: Message, field: string): Message => ({
  ...into,
  [field]: from[field as keyof Message],
});

export const optionsMessage = (options: ActivityOptions, isOriginal: boolean): Options => ({
  taskQueue: { name: options.taskQueue, ...(isOriginal ? {} : { kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL }) },
  scheduleToCloseTimeout: options.scheduleToClose,
  scheduleToStartTimeout: options.scheduleToStart,
  startToCloseTimeout: options.startToClose,
  heartbeatTimeout: options.heartbeat,
  retryPolicy: options.retryPolicy,
  ...(options.priority ? { priority: options.priority } : {}),
});
