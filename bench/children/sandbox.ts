/** The isolate of our worker, driven directly: no public name leads to it. */
import { report } from '../measure.ts';
import { bundleWorkflows, workflowFile, type WorkflowBundle } from './sdk.ts';

interface Isolate {
  create(run: object): void;
  activate(runKey: string, activation: object): { status: string };
  dispose(): void;
}

interface IsolateModule {
  IvmIsolate: new (options: { bundle: WorkflowBundle; memoryLimitMb: number }) => Isolate;
}

const runs = 500;
const activationsPerRun = 10;
const entry = new URL('../../packages/worker/src/isolate/ivm-isolate.ts', import.meta.url).href;
const { IvmIsolate } = (await import(entry)) as IsolateModule;
const bundle = await bundleWorkflows(workflowFile('live.ts'));
const isolate = new IvmIsolate({ bundle, memoryLimitMb: 512 });

const facts = (runKey: string): object => ({
  workflowId: runKey,
  runId: runKey,
  workflowType: 'timers',
  namespace: 'default',
  taskQueue: 'bench',
  firstExecutionRunId: runKey,
  originalExecutionRunId: runKey,
  attempt: 1,
  startTimeMs: 0,
  taskTimeoutMs: 10_000,
});

function activate(runKey: string, job: object): void {
  const completion = isolate.activate(runKey, {
    nowMs: Date.UTC(2026, 0, 1),
    isReplaying: false,
    isReplayingHistoryEvents: false,
    historyLength: 3,
    historySizeBytes: 0,
    continueAsNewSuggested: false,
    knownFlags: [1, 2],
    jobs: [job],
  });
  if (completion.status !== 'completed') throw new Error(`the activation failed: ${JSON.stringify(completion)}`);
}

function createRun(runKey: string): void {
  const randomSeed = [1, 2, 3, 4, 5, 6, 7, 8];
  isolate.create({
    runKey,
    workflowType: 'timers',
    workflowId: runKey,
    runId: runKey,
    namespace: 'default',
    taskQueue: 'bench',
    randomSeed,
  });
  activate(runKey, { kind: 'initialize', facts: facts(runKey), args: [], headers: {} });
}

function measure(prefix: string): { creationMs: number; activationMs: number } {
  const keys = Array.from({ length: runs }, (_, index) => `${prefix}-${index}`);
  const startedMs = performance.now();
  for (const key of keys) createRun(key);
  const createdMs = performance.now();
  for (let seq = 1; seq < activationsPerRun; seq++) for (const key of keys) activate(key, { kind: 'fireTimer', seq });
  const activations = runs * (activationsPerRun - 1);
  return { creationMs: (createdMs - startedMs) / runs, activationMs: (performance.now() - createdMs) / activations };
}

measure('warm');
report(measure('measured'));
isolate.dispose();
process.exit(0);
