import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WorkflowFailedError, WorkflowUpdateFailedError } from '@reprise/client';
import { startServer } from '@reprise/server-lite';
import type { RunningServer } from '@reprise/server-lite';
import { replayHistory } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNREACHABLE, createActivities } from './src/activities.ts';
import { Ledger } from './src/ledger.ts';
import { approve, changeAddress, order, status } from './src/workflows.ts';

const workflowsPath = fileURLToPath(new URL('src/workflows.ts', import.meta.url));
let folder: string;
let server: RunningServer;
let client: Client;
let ledger: Ledger;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reprise-order-'));
  ledger = new Ledger(join(folder, 'ledger.jsonl'));
  server = await startServer({ logLevel: 'error' });
  const connection = Connection.fromTransport(server.transport);
  client = new Client({ connection });
  const worker = await Worker.create({
    connection,
    taskQueue: 'orders',
    workflowsPath,
    activities: createActivities(ledger),
  });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
  };
});

afterAll(async () => {
  await stop();
  await server.stop();
  await rm(folder, { recursive: true });
});

function place(orderId: string, address: string) {
  const details = { orderId, article: 'cup', quantity: 1, amountCents: 100, address };
  return client.workflow.start(order, { workflowId: orderId, taskQueue: 'orders', args: [details] });
}

function finished(orderId: string): string[] {
  return ledger
    .read()
    .flatMap((line) => (line.orderId === orderId && line.event === 'finished' ? [line.activity] : []));
}

describe('an order', () => {
  it('is approved, charged at the third attempt, and shipped to its newest address', async () => {
    const handle = await place('order-1', '1 Mill Lane');
    expect(await handle.executeUpdate(changeAddress, { args: ['2 Harbour Street'] })).toBe('1 Mill Lane');
    const refused = handle.executeUpdate(changeAddress, { args: [' '] });
    await expect(refused).rejects.toBeInstanceOf(WorkflowUpdateFailedError);
    await expect(refused).rejects.toMatchObject({ cause: { message: 'An address must not be empty' } });
    await handle.signal(approve, 'Ada');
    expect(await handle.result()).toMatchObject({
      approvedBy: 'Ada',
      address: '2 Harbour Street',
      trackingId: 'parcel-order-1',
    });
    expect(await handle.query(status)).toBe('shipped');
    expect(finished('order-1')).toEqual(['reserveStock', 'charge', 'ship']);
    const charges = ledger.read().filter(({ orderId, activity }) => orderId === 'order-1' && activity === 'charge');
    expect(charges.filter(({ event }) => event === 'failed')).toHaveLength(2);
    expect((await replayHistory({ workflowsPath }, await handle.fetchHistory(), 'order-1')).findings).toEqual([]);
  });

  it('is undone when it cannot be shipped', async () => {
    const handle = await place('order-2', UNREACHABLE);
    await handle.signal(approve, 'Ada');
    await expect(handle.result()).rejects.toBeInstanceOf(WorkflowFailedError);
    expect(await handle.query(status)).toBe('undone');
    expect(finished('order-2')).toEqual(['reserveStock', 'charge', 'refund', 'releaseStock']);
    expect((await replayHistory({ workflowsPath }, await handle.fetchHistory(), 'order-2')).findings).toEqual([]);
  });
});
