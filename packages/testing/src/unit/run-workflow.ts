/**
 * Runs one workflow for a test, with nothing to set up: in this process, in virtual time that moves only by what the
 * workflow waits for, on the same engine, worker and sandbox as in production.
 */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { activityInfo } from '@reprise/activity';
import type { WorkflowHandle, WorkflowStartOptions } from '@reprise/client';
import {
  ApplicationFailure,
  type DataConverter,
  type Duration,
  extractWorkflowType,
  msToNumber,
  type UntypedActivities,
  type Workflow,
  type WorkflowResultType,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { bundleWorkflowCode, Worker } from '@reprise/worker';
import { unitLogger } from './unit-logger.ts';

import { TestWorkflowEnvironment } from '../environment/test-workflow-environment.ts';
import { workflowInterceptorModules } from '../environment/workflow-interceptor-modules.ts';
import { callersWorkflowsPath } from './callers-workflows-path.ts';
import { type ActivityMocks, mockActivities } from './mock-activities.ts';
import { childActivities, type ChildMocks, withMockedChildren } from './mocked-children.ts';
import { stuck } from './workflow-stuck-error.ts';

const TASK_QUEUE = 'unit';
const DEFAULT_PATIENCE = '10 s';

/** A signal that a workflow under test gets. */
export interface SignalInTime {
  /** Its definition, or its name. */
  readonly signal: { readonly type: 'signal'; readonly name: string } | string;
  readonly args?: readonly unknown[];
  /** When, in virtual time since the start, or a date. Default: at the start. */
  readonly at?: Duration | Date;
}

/** What a test may do with a workflow that runs. */
export interface RunningWorkflow<T extends Workflow> {
  readonly handle: WorkflowHandle<T>;
  /** Lets virtual time pass; what comes due on the way happens. */
  sleep(duration: Duration): Promise<void>;
}

type StartOptions<T extends Workflow> = Omit<WorkflowStartOptions<T>, 'taskQueue' | 'workflowId'> & {
  readonly workflowId?: string;
};

/** Options of `runWorkflow`: those of a start, and what stands around the workflow. */
export type RunWorkflowOptions<T extends Workflow, Activities extends object = UntypedActivities> = StartOptions<T> & {
  /** What stands in for activities. One that is called and not here fails the workflow with an error that names it. */
  readonly activities?: ActivityMocks<Activities>;
  /** What stands in for child workflows, by their types; a child that is not here runs as the module exports it. */
  readonly children?: ChildMocks;
  /** When the workflow starts; default: now. From then on time moves only as far as the workflow waits. */
  readonly time?: Date | number | string;
  /** Sent in the order of their times. */
  readonly signals?: readonly SignalInTime[];
  /** Called after the start, before the signals: queries, updates, sleeps, whatever the test wants to see on the way. */
  readonly act?: (running: RunningWorkflow<T>) => Promise<void>;
  /** The module that exports the workflow. Default: where the calling file imports it from. */
  readonly workflowsPath?: string;
  readonly dataConverter?: DataConverter;
  /** How long the workflow may take, in real time. Default 10 s. */
  readonly patience?: Duration;
};

/** How a workflow under test went. */
export interface WorkflowRun<T extends Workflow> {
  readonly result: WorkflowResultType<T>;
  /** Everything that happened, as `replayHistory` takes it. */
  readonly history: temporal.api.history.v1.History;
  /** Virtual time from start to end. */
  readonly durationMs: number;
}

/**
 * Runs a workflow to its end, without a server to start or a worker to stop. Any error that its code throws fails it,
 * failed assertions and programming errors too, where a worker would try the task again.
 *
 * @throws WorkflowFailedError when the workflow fails; WorkflowStuckError, which says where its code waits, when it does not
 *   end; TypeError when it is not to be seen where the function comes from
 * @example
 * const { result, durationMs } = await runWorkflow(order, {
 *   args: ['order-1'],
 *   activities: { charge: () => 'payment-1' },
 *   signals: [{ signal: approve, args: ['Ada'], at: '2 days' }],
 * });
 */
export async function runWorkflow<T extends Workflow, Activities extends object = UntypedActivities>(
  workflow: T | string,
  options: RunWorkflowOptions<T, Activities>,
): Promise<WorkflowRun<T>> {
  const { activities, children, time, signals = [], act, workflowsPath, dataConverter, patience, ...start } = options;
  const startMs = timeMs(time);
  const workflowType = extractWorkflowType(workflow);
  // Before anything is awaited: the calling file is on the stack only until then.
  const path = workflowsPath === undefined ? callersWorkflowsPath(workflowType) : resolve(workflowsPath);
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { clock: { now: () => startMs } },
    ...(dataConverter && { client: { dataConverter } }),
  });
  try {
    const worker = await makeWorker(env, {
      workflowsPath: path,
      activities: mockActivities<Activities>(activities ?? {}),
      children: children ?? {},
      dataConverter,
    });
    return await worker.runUntil(async () => {
      const startOptions = { workflowId: workflowType, ...start, taskQueue: TASK_QUEUE } as WorkflowStartOptions<T>;
      const handle: WorkflowHandle<T> = await env.client.workflow.start<T>(workflow, startOptions);
      const patienceMs = msToNumber(patience ?? DEFAULT_PATIENCE);
      const result = await patiently({ handle, env, patienceMs }, async () => {
        await act?.({ handle, sleep: env.sleep });
        for (const signal of inOrder(signals, startMs)) await sendSignal(env, handle, signal);
        return await handle.result();
      });
      const history = await handle.fetchHistory();
      return { result, history, durationMs: durationOf(history) };
    });
  } finally {
    await env.teardown();
  }
}

function timeMs(time: Date | number | string | undefined): number {
  const ms = time === undefined ? Date.now() : new Date(time).getTime();
  if (Number.isNaN(ms)) throw new TypeError(`time must be a date, found ${JSON.stringify(time)}`);
  return ms;
}

async function makeWorker(
  env: TestWorkflowEnvironment,
  {
    workflowsPath,
    activities,
    children,
    dataConverter,
  }: {
    workflowsPath: string;
    activities: Record<string, unknown>;
    children: ChildMocks;
    dataConverter: DataConverter | undefined;
  },
): Promise<Worker> {
  const { payloadConverterPath, failureConverterPath } = dataConverter ?? {};
  const workflowBundle = await withMockedChildren({ workflowsPath, children }, (path) =>
    bundleWorkflowCode({
      workflowsPath: path,
      workflowInterceptorModules: [...workflowInterceptorModules, ...(path === workflowsPath ? [] : [path])],
      mapTemporalScope: true,
      ...(payloadConverterPath === undefined ? {} : { payloadConverterPath }),
      ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
    }),
  );
  const names = Object.keys(activities);
  return await Worker.create({
    connection: env.connection,
    taskQueue: TASK_QUEUE,
    workflowBundle,
    activities: { ...activities, ...childActivities(children), default: notMocked(names) },
    // In this process, where no other process has to be started first.
    debugMode: true,
    logger: unitLogger(),
    workflowFailureErrorTypes: { '*': ['Error'] },
    ...(dataConverter && { dataConverter }),
  });
}

/** Takes the calls of all activities that the test has no mock for. */
function notMocked(names: readonly string[]) {
  return (): Promise<never> => {
    const found = names.length === 0 ? 'none' : names.join(', ');
    const type = activityInfo().activityType;
    const message = `the workflow calls activity '${type}', for which there is no mock: give activities: { ${type} } (found: ${found})`;
    return Promise.reject(ApplicationFailure.nonRetryable(message, 'NoMock'));
  };
}

async function patiently<Result>(
  watched: { handle: WorkflowHandle; env: TestWorkflowEnvironment; patienceMs: number },
  run: () => Promise<Result>,
): Promise<Result> {
  const patience = new AbortController();
  const impatience = wait(watched.patienceMs, undefined, { signal: patience.signal }).then(async () => {
    throw await stuck(watched.handle, { patienceMs: watched.patienceMs, timeHolders: watched.env.timeHolders() });
  });
  impatience.catch(() => undefined);
  try {
    return await Promise.race([run(), impatience]);
  } finally {
    patience.abort();
  }
}

function inOrder(signals: readonly SignalInTime[], startMs: number): (SignalInTime & { readonly atMs: number })[] {
  return signals.map((signal) => ({ ...signal, atMs: dueMs(signal.at, startMs) })).toSorted((a, b) => a.atMs - b.atMs);
}

function dueMs(at: Duration | Date | undefined, startMs: number): number {
  if (at === undefined) return startMs;
  return at instanceof Date ? at.getTime() : startMs + msToNumber(at);
}

async function sendSignal(
  env: TestWorkflowEnvironment,
  handle: WorkflowHandle,
  { signal, args = [], atMs }: SignalInTime & { readonly atMs: number },
): Promise<void> {
  await env.sleepUntil(atMs);
  try {
    await handle.signal(typeof signal === 'string' ? signal : signal.name, ...args);
  } catch (error) {
    // Why the workflow ended before its signal is the better answer, if it failed.
    await handle.result();
    const name = typeof signal === 'string' ? signal : signal.name;
    throw new Error(`signal '${name}' came too late: the workflow had ended`, { cause: error });
  }
}

function durationOf({ events = [] }: temporal.api.history.v1.History): number {
  const at = (index: number): number => {
    const { seconds, nanos } = events?.at(index)?.eventTime ?? {};
    return (seconds ?? 0) * 1000 + Math.round((nanos ?? 0) / 1e6);
  };
  return at(-1) - at(0);
}
