/**
 * Random workflows, run here, whose histories both SDKs then replay: a command in another order, a scope that cancels
 * what it should not, or a tick too many shows. `PROGRAM_RUNS` sets how many, `PROGRAM_SEED` the first seed.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Context } from '@reprise/activity';
import { ApplicationFailure } from '@reprise/common';
import { Client, Connection, type WorkflowHandle } from '@reprise/client';
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
}, 120_000);

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

async function record(seed: number): Promise<{ workflowId: string; history: object }> {
  const { main, acts } = randomProgram(seed);
  const workflowId = `program-${seed}`;
  const handle = await client.workflow.start('interpret', { taskQueue, workflowId, args: [main] });
  const acted = acts.map((act) => perform(handle, act));
  // Some programs wait for ever, or fail their tasks for ever: their histories count as far as they go.
  await Promise.race([handle.result().catch(() => undefined), sleep(5_000)]);
  const history = await handle.fetchHistory();
  await handle.terminate().catch(() => undefined);
  await Promise.all(acted);
  if (!hasLocalActivities(seed)) {
    const recording = { id: workflowId, histories: { '': [JSON.parse(historyToJSON(history)) as object] } };
    writeFileSync(join(recordings, `${workflowId}.json`), JSON.stringify(recording));
  }
  return { workflowId, history };
}

it(`both SDKs replay the histories of ${runs} random programs, from seed ${firstSeed} on`, async () => {
  const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
  const recorded: { workflowId: string; history: object }[] = [];
  const recordRest = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) recorded.push(await record(seed));
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
    timeout: 90_000,
  });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
    replayed: expect.any(Number) as number,
    failures: [],
  });
});
