import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@reprise/common';
import { Client, Connection, type WorkflowHandle } from '@reprise/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@reprise/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installPublishedSdk } from './install.ts';
import { startServer, type ServerProcess } from '../server-process.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const taskQueue = 'fleet';
const RUNS = 12;
const STAGES = 3;

let server: ServerProcess;
let published: ChildProcess;
let worker: Worker;
let running: Promise<void>;
let connection: NativeConnection;
let client: Client;

/** Neither worker keeps runs: every task is replayed by whoever takes it. */
async function startOurs(address: string): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const workflowsPath = fileURLToPath(new URL('src/fleet.ts', import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, mapTemporalScope: true });
  connection = await NativeConnection.connect({ address });
  worker = await Worker.create({
    connection,
    taskQueue,
    identity: 'ours',
    maxCachedWorkflows: 0,
    workflowBundle: { code },
    activities: {
      add: async (a: number, b: number) => a + b,
      refuse: async () => {
        throw ApplicationFailure.nonRetryable('no');
      },
    },
  });
  running = worker.run();
}

beforeAll(async () => {
  installPublishedSdk();
  server = await startServer();
  const args = ['src/fleet-worker.ts', server.address, taskQueue];
  published = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  await Promise.all([once(published.stdout as NodeJS.ReadableStream, 'data'), startOurs(server.address)]);
  client = new Client({ connection: await Connection.connect({ address: server.address }) });
});

afterAll(async () => {
  worker?.shutdown();
  await running;
  await connection?.close();
  published?.stdin?.end();
  if (published?.exitCode === null) await once(published, 'exit');
  await server?.stop();
});

interface Told {
  result: { steps: string[]; sum: number };
  refusal: unknown;
}

async function runOne(index: number): Promise<Told> {
  const workflowId = `relay-${index}`;
  const handle = await client.workflow.start('relay', { taskQueue, workflowId, args: [STAGES, index % 3 === 0] });
  expect(await handle.executeUpdate<number, [number]>('raise', { args: [100] })).toBeGreaterThanOrEqual(100);
  const refusal = await handle.executeUpdate('raise', { args: [-1] }).catch((error: Error) => error.cause);
  for (let push = 0; push < 3; push++) {
    await handle.signal('push', 1);
    await handle.query('total');
  }
  return { result: (await handle.result()) as Told['result'], refusal };
}

/** Who completed the workflow tasks of a run, in order, and how many failed. */
async function tasksOf(handle: WorkflowHandle): Promise<{ identities: string[]; failures: unknown[] }> {
  const { events } = await handle.fetchHistory();
  return {
    identities: (events ?? []).flatMap(({ workflowTaskCompletedEventAttributes: completed }) =>
      completed ? [completed.identity ?? ''] : [],
    ),
    failures: (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
      failed ? [failed.failure?.message ?? failed.cause] : [],
    ),
  };
}

it('passes runs between published workers and ours, in both directions', async () => {
  const told = await Promise.all(Array.from({ length: RUNS }, (_, index) => runOne(index)));
  for (const [index, { result, refusal }] of told.entries()) {
    expect(refusal).toMatchObject({ message: 'only upwards' });
    expect(result.steps.filter((step) => step.includes('refused'))).toHaveLength(index % 3 === 0 ? STAGES + 1 : STAGES);
    expect(result.steps.filter((step) => step.includes('cancelled true'))).toHaveLength(
      index % 3 === 0 ? STAGES + 1 : STAGES,
    );
  }
  const tasks = await Promise.all(told.map((_, index) => tasksOf(client.workflow.getHandle(`relay-${index}`))));
  expect(tasks.flatMap(({ failures }) => failures)).toEqual([]);
  const passes = tasks.flatMap(({ identities }) => identities.slice(1).map((to, at) => `${identities[at]} to ${to}`));
  expect(passes).toContain('ours to published');
  expect(passes).toContain('published to ours');
});
