import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import {
  ExternalStorage,
  ExternalStorageNotConfiguredError,
  StorageDriverClaim,
  type DataConverter,
  type Payload,
  type StorageDriver,
} from '@reprise/common';
import { startServer, type RunningServer } from '@reprise/server-lite';
import { DefaultLogger, Runtime, Worker } from '@reprise/worker';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { activities } from './activities.ts';
import { SigningCodec } from './signing-codec.ts';
import { ask, finish, listener, tour } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));

class MemoryDriver implements StorageDriver {
  readonly name = 'memory';
  readonly type = 'test.memory';
  readonly kept: Payload[] = [];
  /** How many calls are yet to fail. */
  failures = { store: 0, retrieve: 0 };

  async store(_context: unknown, payloads: Payload[]): Promise<StorageDriverClaim[]> {
    if (this.failures.store-- > 0) throw new Error('the disk is full');
    return payloads.map((payload) => new StorageDriverClaim({ at: String(this.kept.push(payload) - 1) }));
  }

  async retrieve(_context: unknown, claims: StorageDriverClaim[]): Promise<Payload[]> {
    if (this.failures.retrieve-- > 0) throw new Error('the disk is gone');
    return claims.map(({ claimData }) => this.kept[Number(claimData['at'])] ?? {});
  }
}

const driver = new MemoryDriver();
const externalStorage = new ExternalStorage({ drivers: [driver], payloadSizeThreshold: 0 });
const dataConverter: DataConverter = { payloadCodecs: [new SigningCodec()], externalStorage };
let server: RunningServer;
let connection: Connection;
let taskQueue: string;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  server = await startServer({ logLevel: 'error' });
  connection = Connection.fromTransport(server.transport);
});
afterAll(() => server.stop());
beforeEach(() => {
  taskQueue = randomUUID();
  driver.failures = { store: 0, retrieve: 0 };
});

const clientWith = (converter: DataConverter = dataConverter) => new Client({ connection, dataConverter: converter });
const workerWith = (converter: DataConverter = dataConverter) =>
  Worker.create({ connection, taskQueue, workflowsPath, activities, dataConverter: converter, maxCachedWorkflows: 0 });

async function failuresOf(workflowId: string): Promise<(string | null | undefined)[]> {
  const { events } = await clientWith().workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap((event) => {
    const failed = event.workflowTaskFailedEventAttributes;
    return failed ? [failed.failure?.message] : [];
  });
}

it('keeps what codecs have encoded, and replays without storing anything', async () => {
  const client = clientWith();
  const worker = await workerWith();
  const handle = await client.workflow.start(tour, { workflowId: randomUUID(), taskQueue, args: [1] });
  const result = await worker.runUntil(async () => {
    expect(await handle.query(ask, 'why')).toBe('asked why');
    await handle.signal(finish, 'eight');
    return await handle.result();
  });
  expect(result).toMatchObject({
    echo: 'one',
    local: 'two',
    resumed: 'three so far',
    child: 'five six',
    last: 'eight',
  });
  const before = driver.kept.length;
  const history = await client.workflow.getHandle(handle.workflowId).fetchHistory();
  await Worker.runReplayHistory({ workflowsPath, dataConverter }, history, handle.workflowId);
  expect(driver.kept).toHaveLength(before);
});

it.each([
  ['fetched', { store: 0, retrieve: 1 }, 'the disk is gone'],
  ['kept', { store: 1, retrieve: 0 }, 'the disk is full'],
])('fails a workflow task whose payloads cannot be %s', async (_, failures, message) => {
  const worker = await workerWith();
  const workflowId = randomUUID();
  const handle = await clientWith().workflow.start(listener, { workflowId, taskQueue, args: ['one'] });
  await handle.signal(finish, 'two');
  driver.failures = failures;
  expect(await worker.runUntil(handle.result())).toBe('one two');
  expect(await failuresOf(workflowId)).toEqual([message]);
});

it.each([
  { store: 0, retrieve: 1 },
  { store: 1, retrieve: 0 },
])('tries an activity again, %o', async (failures) => {
  const client = clientWith();
  const worker = await workerWith();
  const options = { id: randomUUID(), taskQueue, args: ['word'], startToCloseTimeout: '10 seconds' } as const;
  const handle = await client.activity.start('echo', { ...options, retry: { initialInterval: 1 } });
  driver.failures = failures;
  // Its result is fetched by the client, too, once there is one.
  expect(await worker.runUntil(() => handle.result())).toBe('word');
  expect((await handle.describe()).attempt).toBe(2);
});

it('says that external storage is missing', async () => {
  const client = clientWith();
  const worker = await workerWith();
  const workflowId = randomUUID();
  const handle = await client.workflow.start(listener, { workflowId, taskQueue, args: ['one'] });
  await handle.signal(finish, 'two');
  await worker.runUntil(handle.result());
  const without = clientWith({ payloadCodecs: [] });
  await expect(without.workflow.getHandle(workflowId).result()).rejects.toBeInstanceOf(
    ExternalStorageNotConfiguredError,
  );
});
