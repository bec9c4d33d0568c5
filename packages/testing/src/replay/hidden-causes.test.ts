/** Edits whose cause is not the step that differs first. */
import { afterAll, describe, expect, test } from 'vitest';

import { RecordedRun } from '../recorded-run.suite.ts';
import { edit, ReplayedSource } from './replayed-source.suite.ts';
import type { ReplayVerdict } from './verdict.ts';

const code = new ReplayedSource();
afterAll(() => code.dispose());

const SAGA = `import { proxyActivities, sleep } from '@temporalio/workflow';

const { charge, ship, refund, notify } = proxyActivities({ startToCloseTimeout: '10s' });

function parse(receipt: any): string {
  if (receipt === null) throw new RangeError('no receipt');
  return String(receipt.id);
}

export async function order(input: unknown): Promise<string> {
  let id = 'none';
  try {
    const receipt: any = await charge(input);
    try {
      id = parse(receipt);
    } catch {
      await notify('unreadable');
    }
    await sleep('1h');
    await ship(id);
  } catch (error) {
    await refund(input);
    throw error;
  }
  return id;
}
`;

const shipped = new RecordedRun()
  .task()
  .activity('charge', { id: 1 }, { id: 'r1' })
  .task()
  .timer('3600s')
  .task()
  .activity('ship', 'r1', null)
  .task()
  .completed('r1');

const unreadable = new RecordedRun()
  .task()
  .activity('charge', { id: 1 }, null)
  .task()
  .activity('notify', 'unreadable', null)
  .task()
  .timer('3600s')
  .task()
  .activity('ship', 'none', null)
  .task()
  .completed('none');

function errorsOf({ findings }: ReplayVerdict): object[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code: found, title, place, message }) => ({ code: found, title, line: place?.line, message }));
}

describe('an error that is caught', () => {
  test('replays as long as it is what was recorded', async () => {
    expect(errorsOf(await code.replay(SAGA, shipped))).toEqual([]);
    expect(errorsOf(await code.replay(SAGA, unreadable))).toEqual([]);
  });

  test.each([
    {
      what: 'of the engine',
      from: '    await sleep(',
      to: '    receipt.line.total;\n    await sleep(',
      line: 19,
      message: 'TypeError: ',
    },
    {
      what: 'of the code itself',
      from: 'await ship(id);',
      to: "if (id !== 'none') throw new RangeError('a receipt');\n    await ship(id);",
      line: 20,
      message: 'RangeError: a receipt',
    },
    {
      what: 'that only passes through a finally',
      from: '    await ship(id);',
      to: "    try { receipt.line.total; } finally { await notify('x'); }\n    await ship(id);",
      line: 20,
      message: 'TypeError: ',
    },
  ])('$what is what broke it, and not the step that answers it', async ({ from, to, line, message }) => {
    const errors = errorsOf(await code.replay(edit(SAGA, from, to), shipped));
    expect(errors).toMatchObject([{ code: 'R1010', line, message: expect.stringContaining(message) }]);
  });

  test.each([
    [
      'by a catch',
      "=== null) throw new RangeError('no",
      "!== null) throw new RangeError('a",
      'RangeError: a receipt at',
    ],
    [
      'of a promise',
      'await sleep(',
      "await Promise.reject(new Error('late')).catch(() => notify('x'));\n    await sleep(",
      'Error: late at',
    ],
  ])('%s, and answered by a step without which all fits, is told of beside it', async (_, from, to, told) => {
    const { findings } = await code.replay(edit(SAGA, from, to), shipped);
    expect(findings).toMatchObject([{ code: 'R1003', title: 'new activity `notify` before timer 1h' }]);
    expect(findings[0]?.notes.join()).toContain(told);
  });

  test('is no cause where the code has always caught it', async () => {
    const renamed = edit(SAGA, "await notify('unreadable')", "await refund('unreadable')");
    expect(errorsOf(await code.replay(renamed, unreadable))).toMatchObject([
      { code: 'R1001', title: 'activity `notify` was renamed to `refund`' },
    ]);
  });
});

const LOOP = `import { condition, continueAsNew, defineSignal, patched, proxyActivities, setHandler, upsertMemo } from '@temporalio/workflow';

const { poll, record } = proxyActivities({ startToCloseTimeout: '10s' });
export const stop = defineSignal('stop');

export async function order(input: { id: number }): Promise<string> {
  let stopped = false;
  setHandler(stop, () => void (stopped = true));
  for (let round = 0; round < 2; round++) {
    await poll(round);
    if (patched('record-each')) await record(round);
  }
  upsertMemo({ seen: input.id });
  await condition(() => stopped);
  await poll(-1);
  return await continueAsNew<typeof order>({ id: input.id + 1 });
}
`;

const looped = new RecordedRun()
  .task()
  .activity('poll', 0, null)
  .task()
  .patch('record-each')
  .activity('record', 0, null)
  .task()
  .activity('poll', 1, null)
  .task()
  .activity('record', 1, null)
  .task()
  .memo({ seen: 1 })
  .signal('stop')
  .task()
  .activity('poll', -1, null)
  .task()
  .continuedAsNew({ id: 2 });

test('code as it was recorded replays', async () => {
  expect(errorsOf(await code.replay(LOOP, looped))).toEqual([]);
});

test.each<[string, string, string, object]>([
  [
    'a signal under another name',
    "defineSignal('stop')",
    "defineSignal('halt')",
    { code: 'R1004', title: 'signal `stop` is not handled any more' },
  ],
  [
    'a patch in a loop, removed with what it gates',
    "    if (patched('record-each')) await record(round);\n",
    '',
    { code: 'R1005', title: "patched('record-each') was removed, but this history carries its marker" },
  ],
  [
    'the last step before the run continues as new',
    '  await poll(-1);\n',
    '',
    { code: 'R1004', title: 'activity `poll` was removed' },
  ],
])('one cause: %s', async (_, from, to, expected) => {
  expect(errorsOf(await code.replay(edit(LOOP, from, to), looped))).toMatchObject([expected]);
});

test('headers that no interceptor sets any more are told of', async () => {
  const { events } = structuredClone(shipped) as { events: { activityTaskScheduledEventAttributes?: object }[] };
  const scheduled = events.find((event) => 'activityTaskScheduledEventAttributes' in event);
  Object.assign(scheduled?.activityTaskScheduledEventAttributes ?? {}, { header: { fields: { trace: {} } } });
  expect(errorsOf(await code.replay(SAGA, { events }))).toEqual([]);
  const { findings } = await code.replay(edit(SAGA, "  await sleep('1h');\n", ''), { events });
  expect(findings[0]?.notes).toContain(
    'steps were recorded with the header `trace`, which an interceptor sets: give it with --interceptors',
  );
});

test('an encoding that was edited by hand is the encoding that it shows', async () => {
  const source = `export async function order(): Promise<void> {}`;
  const history = new RecordedRun().task().completed(null) as { events: object[] };
  const payload = { metadata: { encoding: Buffer.from('binary/null\n').toString('base64') }, data: '' };
  Object.assign(history.events.at(-1) ?? {}, {
    workflowExecutionCompletedEventAttributes: { result: { payloads: [payload] } },
  });
  expect((await code.replay(source, history)).findings).toEqual([]);
});

test('a child that is an activity now is one change, however often it is called', async () => {
  const source = `import { executeChild, proxyActivities } from '@temporalio/workflow';
const { pack } = proxyActivities({ startToCloseTimeout: '10s' });
export async function order(input: { id: number }): Promise<string> {
  const first = await executeChild('shipment', { workflowId: 's-1', args: [{ id: 1 }] });
  await executeChild('shipment', { workflowId: 's-2', args: [{ id: 1 }] });
  return await pack(first);
}
`;
  const history = new RecordedRun()
    .task()
    .child('shipment', 's-1', 'one')
    .task()
    .child('shipment', 's-2', 'two')
    .task()
    .activity('pack', 'one', 'packed')
    .task()
    .completed('packed');
  expect(errorsOf(await code.replay(source, history))).toEqual([]);
  const now = source.replaceAll(/executeChild\('shipment', \{[^}]*\}\] \}\)/g, 'pack(input)');
  expect(errorsOf(await code.replay(now, history))).toMatchObject([
    { code: 'R1001', title: 'child workflow `shipment` is now activity `pack`' },
  ]);
});

test('a patch that is asked before its marker is shown where it is asked', async () => {
  const source = `import { patched, proxyActivities } from '@temporalio/workflow';
const { charge, check, ship } = proxyActivities({ startToCloseTimeout: '10s' });
export async function order(input: { id: number }): Promise<void> {
  await charge(input);
  if (patched('fraud')) await check(input);
  await ship(input);
}
`;
  const history = new RecordedRun()
    .task()
    .activity('charge', { id: 1 }, null)
    .task()
    .patch('fraud')
    .activity('check', { id: 1 }, null)
    .task()
    .activity('ship', { id: 1 }, null)
    .task()
    .completed(null);
  const hoisted = edit(source, '  await charge', "  const isNew = patched('fraud');\n  await charge");
  const now = edit(hoisted, "if (patched('fraud'))", 'if (isNew)');
  expect(errorsOf(await code.replay(now, history))).toMatchObject([
    { code: 'R1005', title: "patched('fraud') is not called where this history has its marker", line: 4 },
  ]);
});

test.each<[string, string, string, object[]]>([
  [
    'a loop that ends a round earlier lost its steps, and did not return early',
    'round < 2',
    'round < 1',
    [{ code: 'R1004', title: 'activity `poll` was removed' }],
  ],
  [
    'a run that goes on as new before it has done all returned early',
    '  upsertMemo(',
    '  if (input.id === 1) return await continueAsNew<typeof order>({ id: input.id + 1 });\n  upsertMemo(',
    [{ code: 'R1008', title: 'the workflow continues as new while the recorded run went on with upsert of the memo' }],
  ],
])('%s', async (_, from, to, expected) => {
  expect(errorsOf(await code.replay(edit(LOOP, from, to), looped))).toMatchObject(expected);
});
