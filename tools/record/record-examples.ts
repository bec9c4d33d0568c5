/** Runs the example workflows whose histories are kept: with signals, updates, children, patches, and ends of every kind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordHistories, TestWorkflowEnvironment } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { createActivities, UNREACHABLE } from '../../examples/order/src/activities.ts';
import { Ledger } from '../../examples/order/src/ledger.ts';

const workflowsPath = fileURLToPath(new URL('../../test/recorded/workflows/all.ts', import.meta.url));
const taskQueue = 'examples';

/** Writes one JSON file for each run into the folder. */
export async function recordExamples(folder: string): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'reprise-record-'));
  const env = await TestWorkflowEnvironment.createTimeSkipping();
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowsPath,
    activities: {
      ...createActivities(new Ledger(join(scratch, 'ledger.jsonl'))),
      plan: async () => ['a', 'b', 'c'],
      track: async (leg: string) => leg.length,
      notify: async () => undefined,
      audit: async () => undefined,
      settle: async (amount: number) => `settled ${amount}`,
      rate: async () => 2,
      greet: async (name: string) => `Hello, ${name}!`,
      remind: async () => undefined,
    },
  });
  try {
    return await worker.runUntil(async () => {
      // First those that time has to pass for.
      await runHellos(env);
      await runSubscriptions(env);
      await runOrders(env);
      await runFleets(env);
      await runAccounts(env);
      return (await recordHistories(env, { folder })).written.length;
    });
  } finally {
    await env.teardown();
    rmSync(scratch, { recursive: true });
  }
}

async function start(env: TestWorkflowEnvironment, type: string, workflowId: string, args: unknown[]) {
  return await env.client.workflow.start(type, { taskQueue, workflowId, args });
}

async function runOrders(env: TestWorkflowEnvironment): Promise<void> {
  const place = async (orderId: string, address = '1 Mill Lane') =>
    await start(env, 'order', orderId, [{ orderId, article: 'cup', quantity: 1, amountCents: 100, address }]);
  for (const id of ['order-1', 'order-2']) {
    const handle = await place(id);
    await handle.executeUpdate('changeAddress', { args: ['2 Harbour Street'] });
    await handle.signal('approve', 'Ada');
    await handle.result();
  }
  const unreachable = await place('order-unreachable', UNREACHABLE);
  await unreachable.signal('approve', 'Ada');
  await unreachable.result().catch(() => undefined);
  const late = await place('order-late');
  await late.result().catch(() => undefined);
  const open = await place('order-open');
  await open.executeUpdate('changeAddress', { args: ['3 Hill Road'] });
}

async function runFleets(env: TestWorkflowEnvironment): Promise<void> {
  for (const id of ['fleet-1', 'fleet-2']) {
    const handle = await start(env, 'fleet', id, [id]);
    for (const stop of ['north', 'south']) await handle.signal('addStop', stop);
    await handle.signal('finish');
    await handle.result();
  }
  const late = await start(env, 'fleet', 'fleet-late', ['fleet-late']);
  await late.result();
}

async function runAccounts(env: TestWorkflowEnvironment): Promise<void> {
  const first = await start(env, 'account', 'account-1', ['bob', 10, 0]);
  for (const amount of [5, 6]) await first.executeUpdate('deposit', { args: [amount] });
  const latest = env.client.workflow.getHandle('account-1');
  await latest.executeUpdate('deposit', { args: [-1] }).catch(() => undefined);
  await latest.executeUpdate('deposit', { args: [7] });
  await latest.signal('close');
  await latest.result();
  const open = await start(env, 'account', 'account-open', ['eve', 10, 0]);
  await open.executeUpdate('deposit', { args: [5] });
}

async function runHellos(env: TestWorkflowEnvironment): Promise<void> {
  for (const name of ['Ada', 'Grace']) {
    const handle = await start(env, 'hello', `hello-${name}`, [name]);
    await env.sleep('2 seconds');
    await handle.signal('approve', 'Barbara');
    await handle.result();
  }
  const early = await start(env, 'hello', 'hello-early', ['Edsger']);
  await early.signal('approve', 'Tony');
  await early.result();
  await start(env, 'hello', 'hello-open', ['Alan']);
  await env.sleep('2 seconds');
}

async function runSubscriptions(env: TestWorkflowEnvironment): Promise<void> {
  const begin = async (customer: string) =>
    await start(env, 'subscription', `subscription-${customer}`, [{ customer, cents: 500, paid: 0 }]);
  const short = await begin('short');
  await env.sleep('65 days');
  await short.executeUpdate('changePrice', { args: [700] });
  await env.sleep('30 days');
  await short.signal('cancel');
  await short.result();
  const never = await begin('never');
  await never.signal('cancel');
  await never.result();
  const long = await begin('long');
  await env.sleep('400 days');
  await long.executeUpdate('changePrice', { args: [900] });
  await env.sleep('31 days');
  const reminder = await start(env, 'weeklyReminder', 'reminder-1', [['ann', 'bob', 'cyd']]);
  await reminder.result();
}
