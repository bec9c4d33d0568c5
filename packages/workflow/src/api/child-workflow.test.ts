import { expect, test } from 'vitest';

import {
  CancellationScope,
  condition,
  ChildWorkflowCancellationType,
  executeChild,
  getExternalWorkflowHandle,
  isCancellation,
  startChild,
  WorkflowExecutionAlreadyStartedError,
} from '../index.ts';
import { Driver, initialize, resultOf, wall } from '../run/drive.suite.ts';
import type { Job } from '../runtime.ts';

async function child(name: string): Promise<string> {
  return await Promise.resolve(name);
}
const started = (seq: number): Job => ({
  kind: 'resolveChildStart',
  seq,
  resolution: { status: 'started', runId: 'child-run' },
});
const completed = (seq: number, result: unknown): Job => ({
  kind: 'resolveChild',
  seq,
  resolution: { status: 'completed', result: wall(result) },
});
const CANCEL: Job = { kind: 'cancelWorkflow', reason: '' };

test('executeChild() waits for the result; an id that is not given is random', async () => {
  const driver = new Driver(async () => await executeChild(child, { args: ['x'] }));
  const [asked] = await driver.intents([initialize()]);
  expect(asked).toMatchObject({
    kind: 'startChild',
    seq: 1,
    workflowType: 'child',
    workflowId: 'e18a22cd-ce82-4af4-90ab-55e751f7d092',
    args: [wall('x')],
    cancellation: 'WAIT_CANCELLATION_COMPLETED',
  });
  expect(await driver.intents([started(1)])).toEqual([]);
  expect(resultOf(await driver.intents([completed(1, 'done')]))).toBe('done');
});

test('startChild() gives a handle to signal and to wait for', async () => {
  const driver = new Driver(async () => {
    const handle = await startChild(child, { args: ['x'], workflowId: 'c' });
    await handle.signal('go', 1);
    return [handle.workflowId, handle.firstExecutionRunId, await handle.result()];
  });
  await driver.intents([initialize()]);
  expect(await driver.intents([started(1)])).toMatchObject([
    { kind: 'signalExternal', seq: 1, signalName: 'go', target: { workflowId: 'c', childOnly: true } },
  ]);
  await driver.intents([{ kind: 'resolveSignalExternal', seq: 1 }]);
  expect(resultOf(await driver.intents([completed(1, 'done')]))).toEqual(['c', 'child-run', 'done']);
});

test('an id that is taken throws WorkflowExecutionAlreadyStartedError', async () => {
  const driver = new Driver(async () => {
    try {
      await startChild(child, { args: ['x'], workflowId: 'taken' });
    } catch (error) {
      return error instanceof WorkflowExecutionAlreadyStartedError && [error.workflowId, error.workflowType];
    }
    return 'unreachable';
  });
  await driver.intents([initialize()]);
  const resolution = { status: 'alreadyExists' as const, workflowId: 'taken', workflowType: 'child' };
  expect(resultOf(await driver.intents([{ kind: 'resolveChildStart', seq: 1, resolution }]))).toEqual([
    'taken',
    'child',
  ]);
});

test('cancelling the scope cancels the child once, also before it has started', async () => {
  const driver = new Driver(async () => await executeChild(child, { args: ['x'] }));
  await driver.intents([initialize()]);
  expect(await driver.kinds([CANCEL])).toEqual(['cancelChild 1']);
});

test('cancellationType that is there without a value means ABANDON, as recorded histories know it', async () => {
  const options = { args: ['x'] as [string], cancellationType: undefined as unknown as 'ABANDON' };
  const driver = new Driver(async () => void startChild(child, options));
  const [asked] = await driver.intents([initialize()]);
  expect(asked).toMatchObject({ cancellation: ChildWorkflowCancellationType.ABANDON });
});

test('a child that is not awaited and fails to start is no unhandled rejection', async () => {
  const driver = new Driver(async () => {
    await CancellationScope.cancellable(async () => {
      void executeChild(child, { args: ['x'] }).catch(() => undefined);
      CancellationScope.current().cancel();
    });
    return 'fine';
  });
  expect(resultOf(await driver.intents([initialize()]))).toBe('fine');
});

test('an external handle signals and cancels other workflows', async () => {
  const driver = new Driver(async () => {
    const other = getExternalWorkflowHandle('other', 'run-9');
    await other.signal('poke');
    await other.cancel();
    return 'asked';
  });
  expect(await driver.intents([initialize()])).toMatchObject([
    {
      kind: 'signalExternal',
      seq: 1,
      signalName: 'poke',
      target: { workflowId: 'other', runId: 'run-9', childOnly: false },
    },
  ]);
  expect(await driver.intents([{ kind: 'resolveSignalExternal', seq: 1 }])).toMatchObject([
    { kind: 'cancelExternal', seq: 1, target: { workflowId: 'other', runId: 'run-9' } },
  ]);
  expect(resultOf(await driver.intents([{ kind: 'resolveCancelExternal', seq: 1 }]))).toBe('asked');
});

test('cancelling in a cancelled scope is refused on new ground, and sent where history lacks the patch', async () => {
  const workflow = async (): Promise<unknown> => {
    const scope = new CancellationScope();
    scope.cancel();
    return await scope
      .run(() => getExternalWorkflowHandle('other').cancel())
      .catch((error: unknown) => isCancellation(error));
  };
  const live = await new Driver(workflow).intents([initialize()]);
  expect(live.map(({ kind }) => kind)).toEqual(['setPatchMarker', 'completeWorkflow']);
  expect(resultOf(live)).toBe(true);
  expect(await new Driver(workflow).kinds([initialize()], { isReplaying: true })).toEqual(['cancelExternal 1']);
});

test('a scope that is cancelled after another workflow was leaves the marker that recorded runs have', async () => {
  const driver = new Driver(async () => {
    await getExternalWorkflowHandle('other').cancel();
    await condition(() => false);
  });
  await driver.intents([initialize()]);
  await driver.intents([{ kind: 'resolveCancelExternal', seq: 1 }]);
  const asked = await driver.intents([{ kind: 'cancelWorkflow', reason: '' }]);
  expect(asked.map(({ kind }) => kind)).toEqual(['setPatchMarker', 'cancelWorkflow']);
});
