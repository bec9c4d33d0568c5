/**
 * Kills the worker or the server of the order example at random moments, twenty times, while orders are placed, changed
 * and approved. Whatever was acknowledged must have happened, and no activity that was completed may run again.
 *
 * `CRASH_SEED` repeats the decisions of a run; the moments depend on the machine too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, Connection, ServiceError } from '@reprise/client';
import type { WorkflowHandle } from '@reprise/client';
import { RpcError } from '@reprise/proto';
import { checkDatabase } from '@reprise/server-lite';
import { replayHistories } from '@reprise/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, startWorker } from '../../examples/order/src/demo/children.ts';
import type { Child } from '../../examples/order/src/demo/children.ts';
import { completedActivities, contradictions } from '../../examples/order/src/demo/completed-once.ts';
import { Ledger } from '../../examples/order/src/ledger.ts';
import { approve, changeAddress, order } from '../../examples/order/src/workflows.ts';
import { seededRandom } from './seeded-random.ts';

const kills = 20;
const seed = Number(process.env['CRASH_SEED'] ?? Math.floor(Math.random() * 1e9));
const random = seededRandom(seed);

let folder: string;
beforeAll(async () => {
  console.log(`CRASH_SEED=${String(seed)}`);
  folder = await mkdtemp(join(tmpdir(), 'reprise-crash-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** An order whose every request was acknowledged, and the address it must therefore have gone to. */
interface Placed {
  readonly handle: WorkflowHandle<typeof order>;
  readonly address: string;
}

const serverComesBackWithinMs = 200_000;
/** gRPC's UNAVAILABLE. */
const unavailable = 14;

/** Nobody listens; any other refusal is one of the server's, and fails the test. */
const isAway = (error: unknown): boolean =>
  error instanceof ServiceError && error.cause instanceof RpcError && error.cause.code === unavailable;

/** A customer asks again when the server was away for longer than the client goes on trying by itself. */
async function persistently<Result>(request: () => Promise<Result>): Promise<Result> {
  const untilMs = Date.now() + serverComesBackWithinMs;
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!isAway(error) || Date.now() > untilMs) throw error;
    }
  }
}

async function placeOrder(client: Client, orderId: string): Promise<Placed> {
  const start = {
    workflowId: orderId,
    taskQueue: 'orders',
    workflowTaskTimeout: '2 seconds' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    args: [{ orderId, article: 'cup', quantity: 1, amountCents: 100, address: 'first address' }] as const,
  };
  const handle = await persistently(() => client.workflow.start(order, { ...start, args: [...start.args] }));
  const address = `second address of ${orderId}`;
  const change = { args: [address] as [string], updateId: `${orderId}-address` };
  await persistently(() => handle.executeUpdate(changeAddress, change));
  await persistently(() => handle.signal(approve, 'Ada'));
  return { handle, address };
}

/** Places orders until the killing ends, a few at a time. */
async function placeOrders(client: Client, isOver: () => boolean): Promise<Placed[]> {
  const placed: Placed[] = [];
  let next = 0;
  const customer = async (): Promise<void> => {
    while (!isOver()) placed.push(await placeOrder(client, `order-${String(next++)}`));
  };
  await Promise.all(Array.from({ length: 3 }, customer));
  return placed;
}

async function killAndRestart(server: Child & { address: string }, worker: Child): Promise<Child[]> {
  const files = { database: join(folder, 'orders.db'), ledger: join(folder, 'ledger.jsonl') };
  let [currentServer, currentWorker]: Child[] = [server, worker];
  const port = Number(server.address.split(':')[1]);
  for (let kill = 0; kill < kills; kill++) {
    await wait(100 + random() * 700);
    if (random() < 0.5) {
      await currentServer?.kill();
      currentServer = await startServer(files.database, port);
    } else {
      await currentWorker?.kill();
      currentWorker = await startWorker(server.address, files.ledger);
    }
  }
  return [currentServer, currentWorker].filter((child) => child !== undefined);
}

describe('twenty kills at random moments', () => {
  it('lose no acknowledged request and run no completed activity again', async () => {
    const ledgerFile = join(folder, 'ledger.jsonl');
    const server = await startServer(join(folder, 'orders.db'), 0);
    const worker = await startWorker(server.address, ledgerFile);
    const connection = await Connection.connect({ address: server.address });
    const client = new Client({ connection });
    let isOver = false;
    const placing = placeOrders(client, () => isOver);
    placing.catch(() => undefined); // Heard of where it is awaited, when the killing is over.
    const survivors = await killAndRestart(server, worker).finally(() => {
      isOver = true;
    });

    const placed = await placing;
    const receipts = await Promise.all(placed.map(({ handle }) => persistently(() => handle.result())));
    expect(receipts.map(({ address, approvedBy }) => ({ address, approvedBy }))).toEqual(
      placed.map(({ address }) => ({ address, approvedBy: 'Ada' })),
    );

    const histories = await Promise.all(
      placed.map(async ({ handle }) => ({ workflowId: handle.workflowId, history: await handle.fetchHistory() })),
    );
    const completed = histories.flatMap(({ workflowId, history }) => completedActivities(workflowId, history));
    expect(completed.length).toBe(placed.length * 3);
    expect(contradictions(completed, new Ledger(ledgerFile).read())).toEqual([]);

    const workflowsPath = new URL('../../examples/order/src/workflows.ts', import.meta.url).pathname;
    for await (const verdict of replayHistories({ workflowsPath }, histories)) {
      expect(verdict).toMatchObject({ status: 'passed', findings: [] });
    }
    await connection.close();
    await Promise.all(survivors.map((child) => child.kill()));
    expect(checkDatabase(join(folder, 'orders.db'))).toMatchObject({ problems: [] });
  });
});
