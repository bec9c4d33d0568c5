import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@reprise/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@reprise/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../server-process.ts';

const source = `
import { condition, defineQuery, defineSignal, log, setHandler } from '@reprise/workflow';
export const poke = defineSignal('poke');
export const pokes = defineQuery<number>('pokes');
export async function waits() {
  let count = 0;
  setHandler(poke, () => void count++);
  setHandler(pokes, () => count);
  await condition(() => false);
}
export async function loops() {
  log.info('about to loop');
  for (;;);
}
`;
const taskQueue = 'containment';
const folder = mkdtempSync(path.join(tmpdir(), 'containment-'));
const lines: string[] = [];
let server: ServerProcess;
let connection: NativeConnection;
let running: Promise<void>;
let worker: Worker;
let client: Client;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('INFO', ({ message }) => void lines.push(message)) });
  const workflowsPath = path.join(folder, 'workflows.ts');
  writeFileSync(workflowsPath, source);
  server = await startServer();
  connection = await NativeConnection.connect({ address: server.address });
  worker = await Worker.create({ connection, taskQueue, workflowsPath });
  running = worker.run();
  client = new Client({ connection: await Connection.connect({ address: server.address }) });
});

afterAll(async () => {
  worker?.shutdown();
  await running;
  await connection?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function firstFailure(handle: WorkflowHandle): Promise<string> {
  for (;;) {
    const { events } = await handle.fetchHistory();
    const failed = events?.find((event) => event.workflowTaskFailedEventAttributes);
    if (failed) return failed.workflowTaskFailedEventAttributes?.failure?.message ?? '';
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('a workflow that never yields is told where, and holds up nobody else', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `waits-${index}`);
  const neighbours = await Promise.all(
    ids.map((workflowId) => client.workflow.start('waits', { taskQueue, workflowId })),
  );
  const pokeAll = async (): Promise<number[]> => {
    await Promise.all(neighbours.map((handle) => handle.signal('poke')));
    return await Promise.all(neighbours.map((handle) => handle.query<number>('pokes')));
  };
  expect(await pokeAll()).toEqual(ids.map(() => 1));

  const looping = await client.workflow.start('loops', { taskQueue, workflowId: 'loops' });
  const message = await firstFailure(looping);
  expect(message).toContain('[TMPRL1101] Potential deadlock detected: workflow loops');
  expect(message).toContain(`workflows.ts:${source.split('\n').indexOf('  for (;;);') + 1}:`);

  expect(lines).toContain('about to loop');

  // Its next attempt is under way by now, in quarantine: that of the others does not wait for it.
  expect(await pokeAll()).toEqual(ids.map(() => 2));
  const { raw } = await looping.describe();
  expect(raw.pendingWorkflowTask?.attempt).toBeGreaterThanOrEqual(2);
  await looping.terminate();
});
