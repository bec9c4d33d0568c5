/**
 * Clients, a worker and a server, whose disk fails at random and which crashes at random. What was acknowledged must have
 * happened, and nothing twice in effect. `SIMULATION_SEED` repeats the decisions of a run, `SIMULATION_RUNS` makes more.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDatabase } from '../check/check-database.ts';
import { type Random, seededRandom } from '../system/random.ts';
import { CrashingServer } from './crashing-server.suite.ts';
import { completedActivities, firedTimers, type Step, taskQueue } from './program.suite.ts';
import { resultOf, SimulatedWorker } from './simulated-worker.suite.ts';

const namespace = 'default';
const firstSeed = Number(process.env['SIMULATION_SEED'] ?? Math.floor(Math.random() * 1e9));
const runs = Number(process.env['SIMULATION_RUNS'] ?? 2);
const crashes = 12;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-simulation-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function randomPrograms(random: Random): Map<string, readonly Step[]> {
  const steps: Step[] = ['timer', 'activity', 'signal'];
  const program = (): Step[] =>
    Array.from(
      { length: 2 + Math.floor(random.fraction() * 4) },
      () => steps[Math.floor(random.fraction() * 3)] ?? 'timer',
    );
  return new Map(Array.from({ length: 12 }, (_, index) => [`workflow-${index}`, program()]));
}

/** Starts a workflow and sends its signals; each request is repeated until it is acknowledged. */
async function client(server: CrashingServer, workflowId: string, program: readonly Step[]): Promise<void> {
  await server.insist('startWorkflowExecution', {
    namespace,
    workflowId,
    workflowType: { name: 'program' },
    taskQueue,
    requestId: `start ${workflowId}`,
    workflowTaskTimeout: { seconds: 1 },
  });
  for (const [index] of program.filter((step) => step === 'signal').entries()) {
    await server.insist('signalWorkflowExecution', {
      namespace,
      workflowExecution: { workflowId },
      signalName: `signal-${index}`,
      requestId: `signal ${workflowId} ${index}`,
    });
  }
}

/** Activities without a workflow, with how often each fails. */
function randomActivities(random: Random): Map<string, number> {
  return new Map(Array.from({ length: 6 }, (_, index) => [`activity-${index}`, Math.floor(random.fraction() * 3)]));
}

async function startActivity(server: CrashingServer, activityId: string): Promise<void> {
  await server.insist('startActivityExecution', {
    namespace,
    activityId,
    activityType: { name: 'step' },
    taskQueue,
    requestId: `start ${activityId}`,
    startToCloseTimeout: { seconds: 1 },
    retryPolicy: { initialInterval: { nanos: 10_000_000 }, backoffCoefficient: 1 },
  });
}

async function outcomeOf(server: CrashingServer, activityId: string) {
  for (;;) {
    const { outcome } = await server.insist('pollActivityExecution', { namespace, activityId });
    if (outcome) return outcome;
  }
}

async function historyOf(server: CrashingServer, workflowId: string) {
  const request = { namespace, execution: { workflowId }, waitNewEvent: false };
  for (;;) {
    const { history } = await server.insist('getWorkflowExecutionHistory', request);
    const events = history?.events ?? [];
    if (events.at(-1)?.workflowExecutionCompletedEventAttributes) return events;
    await wait(20);
  }
}

describe.each(Array.from({ length: runs }, (_, index) => firstSeed + index))('with seed %i', (seed) => {
  test('nothing that was acknowledged is lost, and nothing happens twice', async () => {
    const random = seededRandom(seed);
    const file = join(folder, `${seed}.db`);
    let failing = 0;
    const server = new CrashingServer(file, () => random.fraction() < failing);
    failing = 0.1;
    const programs = randomPrograms(random);
    const activities = randomActivities(random);
    const worker = new SimulatedWorker(server, programs, activities);
    const clients = Promise.all([
      ...[...programs].map(([id, program]) => client(server, id, program)),
      ...[...activities.keys()].map((id) => startActivity(server, id)),
    ]);
    for (let crash = 0; crash < crashes; crash++) {
      await wait(5 + random.fraction() * 60);
      server.crash(Math.max(0, random.fraction() * 2 - 1));
    }
    failing = 0;
    await clients;

    for (const [workflowId, program] of programs) {
      const events = await historyOf(server, workflowId);
      const idsOf = (kind: Step): string[] => program.flatMap((step, index) => (step === kind ? [String(index)] : []));
      expect(firedTimers(events)).toEqual(idsOf('timer'));
      expect(completedActivities(events)).toEqual(idsOf('activity'));
      const signals = events.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);
      expect(signals).toEqual(idsOf('signal').map((_, index) => `signal-${index}`));
    }
    for (const activityId of activities.keys()) {
      expect(await outcomeOf(server, activityId)).toEqual({ result: resultOf(activityId) });
    }
    expect(new Set(worker.attempts).size).toBe(worker.attempts.length);
    expect(server.strayed).toEqual([]);
    const stopped = worker.stop();
    await server.stop();
    await stopped;
    expect(checkDatabase(server.file)).toEqual({ runs: programs.size + activities.size, problems: [] });
  });
});
