import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ActivityClient, WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@reprise/client';
import { TestWorkflowEnvironment } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as activities from './activities.ts';
import { Money, moneyInAndOut, moneyType } from './money.ts';
import { account, balance, deposit, everyWay, withdraw } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
const taskQueue = 'money';
let environment: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  environment = await TestWorkflowEnvironment.createLocal();
  worker = await Worker.create({ connection: environment.nativeConnection, taskQueue, workflowsPath, activities });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await environment.teardown();
});

it('gives workflows, activities and children the values that their types declare', async () => {
  const options = { taskQueue, workflowId: randomUUID(), args: [new Money(5)] as [Money] };
  const handle = await environment.client.workflow.start(everyWay, options);
  expect(await handle.result()).toEqual(['10', '10', '10', '10', '6', '15', '[object Object]']);
  await Worker.runReplayHistory({ workflowsPath }, await handle.fetchHistory(), handle.workflowId);
});

it('gives clients the values that definitions declare', async () => {
  const workflowId = randomUUID();
  const { workflow } = environment.client;
  const handle = await workflow.signalWithStart(account, {
    taskQueue,
    workflowId,
    args: [new Money(1)],
    signal: deposit,
    signalArgs: [new Money(2)],
  });
  expect(await handle.query(balance, new Money(4))).toEqual(new Money(7));
  expect(await handle.query(balance, new Money(4))).toBeInstanceOf(Money);
  expect(await handle.executeUpdate(withdraw, { args: [new Money(1)] })).toBeInstanceOf(Money);
  await expect(handle.executeUpdate(withdraw, { args: [new Money(9)] })).rejects.toThrow(WorkflowUpdateFailedError);
  const started = await handle.startUpdate(withdraw, { args: [new Money(1)], waitForStage: 'ACCEPTED' });
  expect(await started.result()).toEqual(new Money(1));
  const again = handle.getUpdateHandle(started.updateId, { typeInfo: { outputType: moneyType } });
  expect(await again.result()).toBeInstanceOf(Money);
  await handle.signal(deposit, new Money(0));
  expect(await handle.result()).toBeInstanceOf(Money);
  expect(await workflow.getHandle(workflowId, undefined, { typeInfo: moneyInAndOut }).result()).toEqual(new Money(1));
  expect(await workflow.getHandle(workflowId).result()).toBe('1 cents');
});

it('takes the types of what is named by a string from the caller', async () => {
  const { workflow } = environment.client;
  const typeInfo = moneyInAndOut;
  const workflowId = randomUUID();
  const operation = WithStartWorkflowOperation.create('account', {
    taskQueue,
    workflowId,
    workflowIdConflictPolicy: 'FAIL',
    args: [new Money(8)],
    typeInfo,
  });
  const left = await workflow.executeUpdateWithStart('withdraw', {
    startWorkflowOperation: operation,
    args: [new Money(3)],
    typeInfo,
  });
  expect(left).toEqual(new Money(5));
  const handle = await operation.workflowHandle();
  expect(await handle.queryWithOptions('balance', { args: [new Money(1)], typeInfo })).toEqual(new Money(6));
  await handle.signalWithOptions('deposit', { args: [new Money(0)], typeInfo });
  expect(await handle.result()).toBeInstanceOf(Money);
});

it('gives clients of activities the values that they declare', async () => {
  const { connection } = environment;
  const client = new ActivityClient({ connection });
  const options = { id: randomUUID(), taskQueue, startToCloseTimeout: '1 minute' as const, args: [new Money(4)] };
  expect(await client.execute('double', { ...options, typeInfo: moneyInAndOut })).toEqual(new Money(8));
  const handle = client.getHandleWithOptions(options.id, { typeInfo: { outputType: moneyType } });
  expect(await handle.result()).toBeInstanceOf(Money);
});

it('refuses types from the caller where a definition has them', async () => {
  const { workflow } = environment.client;
  const options = { taskQueue, workflowId: randomUUID(), args: [new Money(1)] as [Money], typeInfo: moneyInAndOut };
  await expect(workflow.start(account, options)).rejects.toThrow(/cannot be supplied .*account/);
  const handle = workflow.getHandle('any');
  const update = { args: [new Money(1)] as [Money], typeInfo: moneyInAndOut };
  await expect(handle.executeUpdate(withdraw, update)).rejects.toThrow(/definition of withdraw/);
});
