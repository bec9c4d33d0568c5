import { fileURLToPath } from 'node:url';
import { Client, type WorkflowHandle } from '@reprise/client';
import { TestWorkflowEnvironment } from '@reprise/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@reprise/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { virtualTimeline } from './virtual-timeline.ts';

/** What a scenario says that a correct engine shows: the result, and [least, most] ms of virtual and of real time. */
interface Scenario {
  name: string;
  expected: {
    result: unknown;
    workflowMs?: [number, number];
    clockMs?: [number, number];
    realMs: [number, number];
  };
  run(run: object): Promise<unknown>;
}

const golden = (file: string): string => fileURLToPath(new URL(`../golden/time-skipping/${file}`, import.meta.url));
// Read at run time: they are written for the published SDK, whose types are not here.
const { scenarios } = (await import(golden('scenarios.ts'))) as { scenarios: Scenario[] };
const { createActivities } = (await import(golden('activities.ts'))) as {
  createActivities(env: { sleep(ms: number): Promise<void> }): object;
};

/** Timers may fire a millisecond before the wall clock, from which virtual time is counted, has moved on by so much. */
async function realSleep(ms: number): Promise<void> {
  const end = Date.now() + ms;
  for (let left = ms; left > 0; left = end - Date.now())
    await new Promise<void>((resolve) => setTimeout(resolve, left).unref());
}

/** Our client lets time jump while an update is waited for, too; the published one needs somebody who waits for a result. */
const BETTER: Readonly<Record<string, Pick<Scenario['expected'], 'result'>>> = {
  'update-that-sleeps': { result: ['rested', 'rested', 'finished'] },
};

/** So many times as long as the scenario says, which gives up on what does happen here. */
const PATIENCE = 20;

/**
 * Activities run in real time, which scenarios allow them little of: on a machine that is busy with other things they miss
 * it. Then a scenario shows nothing, and is played again.
 */
const IDLE_MS = 1000;
const MOST_TRIES = 5;

/** The environment as scenarios see it. */
function view(environment: TestWorkflowEnvironment) {
  const { connection, client, sleep, currentTimeMs } = environment;
  const { testService } = connection;
  return {
    client,
    plainClient: new Client({ connection }),
    sleep,
    currentTimeMs,
    lock: () => testService.lockTimeSkipping({}),
    unlock: () => testService.unlockTimeSkipping({}),
    passiveSleep: (ms: number) =>
      testService.sleep({ duration: { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 } }),
  };
}

interface Played {
  readonly result: unknown;
  readonly clockMs: number;
  readonly workflowMs: number | undefined;
  /** Work done beside the skipping takes real time, of which there is no telling how much. */
  readonly realMs: number;
}

async function play({ name: taskQueue, run, expected }: Scenario, workflowBundle: WorkflowBundle): Promise<Played> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping();
  const env = view(environment);
  const startWorker = async (): Promise<() => Promise<void>> => {
    const { connection } = environment;
    const activities = createActivities(environment);
    const worker = await Worker.create({ connection, taskQueue, workflowBundle, activities, debugMode: true });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
    };
  };
  let stopWorker = await startWorker();
  const [clock, real] = [await env.currentTimeMs(), performance.now()];
  const result = await run({
    env,
    taskQueue,
    id: taskQueue,
    realSleep: (ms: number) => realSleep(taskQueue in BETTER ? ms * PATIENCE : ms),
    async replaceWorker() {
      await stopWorker();
      stopWorker = await startWorker();
    },
    start: (workflow: () => Promise<unknown>, args: [] = [], options: object = {}): Promise<WorkflowHandle> =>
      env.client.workflow.start(workflow, { taskQueue, workflowId: taskQueue, args, ...options }),
  });
  const clockMs = (await env.currentTimeMs()) - clock;
  const realMs = performance.now() - real;
  const workflowMs = expected.workflowMs && (await virtualTimeline(env.plainClient, taskQueue));
  const stopped = stopWorker();
  // An activity that sleeps in virtual time which nobody skips any more sleeps until the server is gone.
  await Promise.race([stopped, realSleep(1000)]);
  await environment.teardown();
  await stopped;
  return { result, clockMs, workflowMs, realMs };
}

function check({ name, expected }: Scenario, { result, clockMs, workflowMs, realMs }: Played): void {
  const better = BETTER[name];
  expect(JSON.parse(JSON.stringify(result ?? null))).toEqual(JSON.parse(JSON.stringify((better ?? expected).result)));
  if (better === undefined && expected.clockMs) expectWithin(clockMs, expected.clockMs, realMs);
  if (better === undefined && expected.workflowMs) expectWithin(workflowMs, expected.workflowMs, realMs);
}

function expectWithin(ms: number | undefined, [least, most]: [number, number], slackMs: number): void {
  expect(ms).toBeGreaterThanOrEqual(least);
  expect(ms).toBeLessThanOrEqual(most + slackMs);
}

describe.concurrent('virtual time, each scenario in an environment of its own', () => {
  let workflowBundle: WorkflowBundle;

  beforeAll(async () => {
    workflowBundle = await bundleWorkflowCode({ workflowsPath: golden('workflows.ts'), mapTemporalScope: true });
  });

  it.each(scenarios)('$name', async (scenario) => {
    for (let tries = 1; ; tries++) {
      const played = await play(scenario, workflowBundle);
      try {
        return check(scenario, played);
      } catch (error) {
        const [leastMs] = scenario.expected.realMs;
        if (tries === MOST_TRIES || played.realMs < leastMs + IDLE_MS) throw error;
      }
    }
  });
});
