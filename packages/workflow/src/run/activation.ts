/**
 * Applies an activation to a run, in the order that histories rely on: patches and seeds, then signals and updates, then
 * everything else, as the list of jobs says; the workflow function starts after the first part of all handlers; conditions
 * are tested after each job, and again whenever the microtasks have run.
 */
import type { WorkflowInternalsInterceptor } from '../api/interceptors.ts';
import type { Activation, Job, JobOf } from '../jobs.ts';
import { unblockConditions } from './conditions.ts';
import { failTask } from './outcome.ts';
import { applyJob } from './jobs-of-activation.ts';
import { SINGLE_BATCH } from './run-flags.ts';
import type { Run } from './run.ts';
import { startWorkflow } from './start-workflow.ts';
import { composeInterceptors } from './compose-interceptors.ts';

/** Jobs that may come together with the first one. */
const WITH_INITIALIZE: ReadonlySet<Job['kind']> = new Set([
  'signal',
  'update',
  'cancelWorkflow',
  'updateRandomSeed',
  'notifyHasPatch',
]);

/** Takes note of all that an activation says beside its jobs. */
export function noteTask(run: Run, activation: Activation): void {
  const { jobs, ...task } = activation;
  if (run.runStartMs === 0) run.runStartMs = activation.nowMs;
  run.task = task;
  run.info = undefined;
  run.flags.add(task.knownFlags);
  const [first] = jobs;
  if (first?.kind === 'initialize') run.facts = first.facts;
}

/** The jobs of an activation in batches; microtasks run between two batches. */
export function batchesOf(run: Run, jobs: readonly Job[]): Job[][] {
  const isQuery = jobs.some((job) => job.kind === 'query');
  if (isQuery) {
    if (jobs.some((job) => job.kind !== 'query')) {
      throw new TypeError('Got both queries and other jobs in a single activation');
    }
    return [[...jobs]];
  }
  const hasSignals = jobs.some((job) => job.kind === 'signal');
  if (!hasSignals || run.flags.has(SINGLE_BATCH, run.task)) return [[...jobs]];
  const patches = jobs.filter((job) => job.kind === 'notifyHasPatch');
  const signals = jobs.filter((job) => job.kind === 'signal');
  const rest = jobs.filter((job) => job.kind !== 'notifyHasPatch' && job.kind !== 'signal');
  return [[...patches, ...signals], rest].filter((batch) => batch.length > 0);
}

function requireFewJobs(jobs: readonly Job[]): void {
  const strange = jobs.filter((job) => !WITH_INITIALIZE.has(job.kind)).map((job) => job.kind);
  if (strange.length === 0) return;
  throw new TypeError(
    `Received both initializeWorkflow and non-signal/non-update jobs in the same activation: ${JSON.stringify(strange)}`,
  );
}

function applySeed(run: Run, jobs: readonly Job[]): void {
  const last = jobs.findLast((job): job is JobOf<'updateRandomSeed'> => job.kind === 'updateRandomSeed');
  if (last !== undefined) run.random.reseed(last.seed);
}

function applyBatch(run: Run, jobs: readonly Job[]): void {
  const [first, ...others] = jobs;
  const initialize = first?.kind === 'initialize' ? first : undefined;
  const rest = initialize === undefined ? jobs : others;
  if (initialize !== undefined) requireFewJobs(rest);
  applySeed(run, rest);
  for (const job of rest) {
    if (job.kind === 'updateRandomSeed') continue;
    applyJob(run, job);
    if (job.kind !== 'query') unblockConditions(run);
  }
  if (initialize === undefined) return;
  startWorkflow(run, initialize);
  unblockConditions(run);
}

/** Applies one batch. Never throws: what goes wrong fails the task. */
export function activateBatch(
  run: Run,
  batch: readonly Job[],
  { activation, batchIndex }: { activation: Activation; batchIndex: number },
): void {
  const execute = composeInterceptors<WorkflowInternalsInterceptor, 'activate'>(
    run.interceptors.internals,
    'activate',
    () => applyBatch(run, batch),
  );
  try {
    execute({ activation, batchIndex });
  } catch (error) {
    failTask(run, error);
  }
}
