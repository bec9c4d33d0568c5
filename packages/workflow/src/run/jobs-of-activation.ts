/** What each job does to a run. */
import {
  WorkflowExecutionAlreadyStartedError,
  IllegalStateError,
  wallToValue,
  type WallPayload,
} from '@reprise/common';
import type { Job, JobOf } from '../jobs.ts';
import { errorFromWall } from './asking.ts';
import { LocalActivityDoBackoff } from './local-activity-backoff.ts';
import type { Waiting } from './pending.ts';
import { answerQuery } from './queries.ts';
import type { Run } from './run.ts';
import { deliverSignal } from './signals.ts';
import { deliverUpdate } from './updates.ts';

type JobTable = { readonly [K in Job['kind']]: (run: Run, job: JobOf<K>) => void };

/** `StartChildWorkflowExecutionFailedCause`: the server no longer knows the namespace. */
const CAUSE_NAMESPACE_NOT_FOUND = 2;

function resultOf(run: Run, waiting: Waiting, result: WallPayload | undefined): unknown {
  if (result === undefined) return undefined;
  return wallToValue(waiting.converters?.payload ?? run.payloadConverter, result, waiting.outputType);
}

function resolveActivity(run: Run, { seq, resolution }: JobOf<'resolveActivity'>): void {
  const waiting = run.pending.require('activity', seq);
  if (resolution.status === 'completed') waiting.resolve(resultOf(run, waiting, resolution.result));
  else if (resolution.status === 'backoff') waiting.reject(new LocalActivityDoBackoff(resolution));
  else waiting.reject(errorFromWall(run, resolution.failure, waiting.converters));
}

function resolveChildStart(run: Run, { seq, resolution }: JobOf<'resolveChildStart'>): void {
  const waiting = run.pending.require('childStart', seq);
  if (resolution.status === 'started') {
    waiting.resolve(resolution.runId);
    return;
  }
  run.pending.take('child', seq);
  if (resolution.status === 'cancelled') {
    waiting.reject(errorFromWall(run, resolution.failure, waiting.converters));
    return;
  }
  const { workflowId, workflowType } = resolution;
  if (resolution.status === 'alreadyExists') {
    waiting.reject(
      new WorkflowExecutionAlreadyStartedError('Workflow execution already started', workflowId, workflowType),
    );
    return;
  }
  const why =
    resolution.cause === CAUSE_NAMESPACE_NOT_FOUND ? 'its namespace was not found' : `cause ${resolution.cause}`;
  waiting.reject(new IllegalStateError(`Child workflow ${workflowId} of type ${workflowType} was not started: ${why}`));
}

function resolveChild(run: Run, { seq, resolution }: JobOf<'resolveChild'>): void {
  const waiting = run.pending.require('child', seq);
  if (resolution.status === 'completed') waiting.resolve(resultOf(run, waiting, resolution.result));
  else waiting.reject(errorFromWall(run, resolution.failure, waiting.converters));
}

function settle(run: Run, waiting: Waiting, failure: Parameters<typeof errorFromWall>[1] | undefined): void {
  if (failure === undefined) waiting.resolve(undefined);
  else waiting.reject(errorFromWall(run, failure, waiting.converters));
}

function resolveNexusStart(run: Run, job: JobOf<'resolveNexusStart'>): void {
  const { seq, failure, operationToken } = job;
  if (failure !== undefined) {
    run.pending.require('nexusStart', seq).reject(errorFromWall(run, failure));
    return;
  }
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  promise.catch(() => undefined);
  const starting = run.pending.pass('nexusStart', 'nexus', { seq, next: { resolve, reject } });
  starting.resolve({ result: promise, ...(operationToken === undefined ? {} : { token: operationToken }) });
}

function resolveNexus(run: Run, { seq, resolution }: JobOf<'resolveNexus'>): void {
  // An operation that ended within its start request was never reported as started.
  const starting = run.pending.take('nexusStart', seq);
  const waiting = starting ?? run.pending.require('nexus', seq);
  if (resolution.status !== 'completed') {
    waiting.reject(errorFromWall(run, resolution.failure, waiting.converters));
    return;
  }
  const result = resultOf(run, waiting, resolution.result);
  waiting.resolve(starting === undefined ? result : { result: Promise.resolve(result) });
}

function notifyHasPatch(run: Run, { patchId }: JobOf<'notifyHasPatch'>): void {
  if (!run.task.isReplaying) throw new IllegalStateError('Unexpected notifyHasPatch job on non-replay activation');
  run.patches.inHistory.add(patchId);
}

function cancelWorkflow(run: Run): void {
  run.cancelled = true;
  run.rootScope?.cancel();
}

const TABLE: JobTable = {
  initialize: () => undefined, // its facts were noted before; the workflow function starts after all other jobs
  notifyHasPatch,
  updateRandomSeed: (run, { seed }) => run.random.reseed(seed),
  signal: deliverSignal,
  update: deliverUpdate,
  cancelWorkflow,
  fireTimer: (run, { seq }) => run.pending.take('timer', seq)?.resolve(undefined),
  resolveActivity,
  resolveChildStart,
  resolveChild,
  resolveSignalExternal: (run, { seq, failure }) => settle(run, run.pending.require('signalExternal', seq), failure),
  resolveCancelExternal: (run, { seq, failure }) => settle(run, run.pending.require('cancelExternal', seq), failure),
  resolveNexusStart,
  resolveNexus,
  query: answerQuery,
};

/** Applies one job. */
export function applyJob(run: Run, job: Job): void {
  // The table is typed by kind; a lookup by a kind known only at run time needs the common type.
  const apply = TABLE[job.kind] as ((run: Run, job: Job) => void) | undefined;
  if (apply === undefined) throw new IllegalStateError(`Unknown activation job: ${String(job.kind)}`);
  apply(run, job);
}
