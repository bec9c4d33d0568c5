/**
 * Random workflows, run here, whose histories both SDKs then replay: a command in another order, a scope that cancels
 * what it should not, or a tick too many shows. `PROGRAM_RUNS` sets how many, `PROGRAM_SEED` the first seed.
 */
import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Context } from '@reprise/activity';
import { ApplicationFailure } from '@reprise/common';
import { Client, Connection, type WorkflowHandle } from '@reprise/client';
import type { temporal } from '@reprise/proto';
import { historyToJSON } from '@reprise/common/lib/proto-utils';
import { startServer, type RunningServer } from '@reprise/server-lite';
import { replayHistories } from '@reprise/testing/replay';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@reprise/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installPublishedSdk } from './install.ts';
import { hasLocalActivities, randomProgram, type ClientAct } from './random-program.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const workflowsPath = join(folder, 'src/interpreter.ts');
const taskQueue = 'programs';
const runs = Number(process.env['PROGRAM_RUNS'] ?? 40);
const firstSeed = Number(process.env['PROGRAM_SEED'] ?? 1);
type History = temporal.api.history.v1.History;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let recordings: string;
let server: RunningServer;
let connection: Connection;
let client: Client;
let worker: Worker;
let running: Promise<void>;

const activities = {
  async work(ms: number, fails: string | null, value: unknown): Promise<unknown> {
    const { info, sleep: pause } = Context.current();
    await pause(ms);
    if (fails === 'always') throw ApplicationFailure.nonRetryable('no', 'Refused', value);
    if (fails === 'once' && info.attempt < 2) throw new Error('not yet');
    return value;
  },
};

beforeAll(async () => {
  installPublishedSdk();
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  recordings = mkdtempSync(join(tmpdir(), 'reprise-programs-'));
  server = await startServer({ logLevel: 'error' });
  connection = Connection.fromTransport(server.transport);
  client = new Client({ connection });
  const { code } = await bundleWorkflowCode({ workflowsPath, mapTemporalScope: true });
  worker = await Worker.create({ connection, taskQueue, workflowBundle: { code }, activities });
  running = worker.run();
});

afterAll(async () => {
  worker?.shutdown();
  await running;
  await connection?.close();
  await server?.stop();
  rmSync(recordings, { recursive: true, force: true });
});

/** What a client does may come too late, or be refused: that is part of the program. */
async function perform(handle: WorkflowHandle, { afterMs, kind, step }: ClientAct): Promise<void> {
  await sleep(afterMs);
  const acts: Record<ClientAct['kind'], () => Promise<unknown>> = {
    signal: () => handle.signal('command', step),
    'signal without handler': () => handle.signal('late'),
    update: () => handle.executeUpdate('ask', { args: [step, true] }),
    'refused update': () => handle.executeUpdate('ask', { args: [step, false] }),
    query: () => handle.query('logLength'),
    cancel: () => handle.cancel(),
  };
  await acts[kind]().catch(() => undefined);
}

interface Recorded {
  readonly workflowId: string;
  readonly history: History;
}

/** Some programs wait for ever, or fail their tasks for ever: their histories count as far as they go. */
async function recordRun(seed: number, handle: WorkflowHandle): Promise<Recorded> {
  const { workflowId } = handle;
  await Promise.race([handle.result().catch(() => undefined), sleep(5_000)]);
  const history = await handle.fetchHistory();
  if (!hasLocalActivities(seed)) {
    const recording = { id: workflowId, histories: { '': [JSON.parse(historyToJSON(history)) as object] } };
    writeFileSync(join(recordings, `${randomUUID()}.json`), JSON.stringify(recording));
  }
  return { workflowId, history };
}

/** Ends the run, and runs it again from one of its workflow tasks. */
async function reset(seed: number, { workflowId, history }: Recorded): Promise<WorkflowHandle | undefined> {
  const tasks = history.events?.filter((event) => event.workflowTaskCompletedEventAttributes) ?? [];
  const task = tasks[seed % Math.max(1, tasks.length)];
  if (task === undefined) return undefined;
  const own = history.events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId;
  const { runId } = await connection.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId, ...(own && { runId: own }) },
    workflowTaskFinishEventId: task.eventId ?? null,
    requestId: randomUUID(),
  });
  return client.workflow.getHandle(workflowId, runId ?? '');
}

async function record(seed: number): Promise<Recorded[]> {
  const { main, acts } = randomProgram(seed);
  const handle = await client.workflow.start('interpret', { taskQueue, workflowId: `program-${seed}`, args: [main] });
  const acted = acts.map((act) => perform(handle, act));
  const first = await recordRun(seed, handle);
  const again = await reset(seed, first);
  const recorded = again === undefined ? [first] : [first, await recordRun(seed, again)];
  await again?.terminate().catch(() => undefined);
  await Promise.all(acted);
  return recorded;
}

it(`both SDKs replay the histories of ${runs} random programs, from seed ${firstSeed} on`, async () => {
  const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
  const recorded: Recorded[] = [];
  const recordRest = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) recorded.push(...(await record(seed)));
  };
  await Promise.all(Array.from({ length: 10 }, recordRest));
  const found: unknown[] = [];
  const histories = recorded.map(({ history }) => history);
  for await (const { findings, history } of replayHistories({ workflowsPath }, histories)) {
    if (findings.length > 0) found.push([history.workflowId, findings]);
  }
  expect(found).toEqual([]);
  const { stdout } = await promisify(execFile)(process.execPath, ['src/replay.ts', workflowsPath, recordings], {
    cwd: folder,
    timeout: 200_000,
  });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
    replayed: expect.any(Number) as number,
    failures: [],
  });
});
