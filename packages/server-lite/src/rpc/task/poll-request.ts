/** What the polls of workers have in common. */
import { TaskQueueKind, type temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import type { DeploymentVersion } from '../../matching/matching.ts';
import { pollVersion } from './poll-version.ts';
import { readPartition } from '../task-queue/queue-partition.ts';
import { byteLength, checkIdentity, requireTaskQueue } from '../validate.ts';

type TaskQueue = temporal.api.taskqueue.v1.TaskQueue;
type PollRequest = Pick<
  temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest,
  'identity' | 'taskQueue' | 'deploymentOptions' | 'workerVersionCapabilities'
>;

const longestBuildId = 255;

export interface PolledQueue {
  readonly name: string;
  /** Of the queue of all workers, where a worker polls its sticky one. */
  readonly normalName?: string | undefined;
  readonly version: DeploymentVersion | undefined;
}

/** For workflow tasks, what the worker says of itself is looked at first. @throws ServiceError INVALID_ARGUMENT */
export function readWorkflowPoll(request: PollRequest): PolledQueue {
  checkIdentity(request.identity);
  const version = checkVersioning(request);
  const name = requireTaskQueue(request.taskQueue);
  checkNormalName(request.taskQueue);
  const isSticky = request.taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
  return { name, version, normalName: isSticky ? (request.taskQueue?.normalName ?? '') : undefined };
}

/** @throws ServiceError INVALID_ARGUMENT */
export function readPoll(request: PollRequest): PolledQueue {
  const name = requireTaskQueue(request.taskQueue);
  checkIdentity(request.identity);
  const version = checkVersioning(request);
  checkNormalName(request.taskQueue);
  return { name, version };
}

type Build = temporal.api.common.v1.WorkerVersionCapabilities;

interface Versioned {
  readonly workerVersionCapabilities?: Pick<Build, 'useVersioning' | 'buildId'> | null | undefined;
  readonly deploymentOptions?: PollRequest['deploymentOptions'];
  readonly taskQueue?: TaskQueue | null | undefined;
}

/** What a worker says of its version. @throws ServiceError INVALID_ARGUMENT */
export function checkVersioning(request: Versioned): DeploymentVersion | undefined {
  const { workerVersionCapabilities: known, deploymentOptions, taskQueue } = request;
  const isNamelessSticky = taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY && !taskQueue.normalName;
  if (isNamelessSticky && (known?.useVersioning || deploymentOptions)) {
    throw invalidArgument(
      'NormalName must be set on sticky queue when UseVersioning is true or DeploymentOptions are set.',
    );
  }
  if (known?.useVersioning && !known.buildId) {
    throw invalidArgument('WorkerVersionStamp must be present if UseVersioning is true.');
  }
  if (byteLength(known?.buildId ?? '') > longestBuildId) {
    throw invalidArgument('Build ID exceeds configured limit.workerBuildIdSize, use a shorter build ID.');
  }
  return pollVersion(deploymentOptions);
}

/** @throws ServiceError INVALID_ARGUMENT for a queue of all workers that is given the name of another */
export function checkNormalName(taskQueue: TaskQueue | null | undefined): void {
  const { name, kind, normalName } = taskQueue ?? {};
  if (!normalName || kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY) return;
  const whole = readPartition(name ?? '')?.name ?? name ?? '';
  throw invalidArgument(`only sticky queues can have normal name. tq: ${whole}, normal name: ${normalName}`);
}
