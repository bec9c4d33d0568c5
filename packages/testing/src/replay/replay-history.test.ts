import { afterAll, describe, expect, test } from 'vitest';

import { RecordedRun } from '../recorded-run.suite.ts';
import { replayHistory } from './replay-history.ts';
import { edit, ReplayedSource } from './replayed-source.suite.ts';
import type { ReplayVerdict } from './verdict.ts';

const code = new ReplayedSource();
afterAll(() => code.dispose());

const ORDER = `import { proxyActivities, sleep } from '@temporalio/workflow';

const { charge, ship } = proxyActivities({ startToCloseTimeout: '10s' });

export async function order(input: { id: number; expedite?: boolean }): Promise<string> {
  const receipt = await charge(input);
  await sleep('1h');
  return await ship(receipt);
}
`;

const recorded = new RecordedRun()
  .task()
  .activity('charge', { id: 1 }, 'r1')
  .task()
  .timer('3600s')
  .task()
  .activity('ship', 'r1', 's1')
  .task()
  .completed('s1');

const replay = (source: string, history: object = recorded): Promise<ReplayVerdict> => code.replay(source, history);

/** The source with texts replaced, each of which must be there. */
const edited = (...replacements: [from: string, to: string][]): string =>
  replacements.reduce((source, [from, to]) => edit(source, from, to), ORDER);

test('code as it was recorded passes, imports of the other scope included', async () => {
  expect(await replay(ORDER)).toMatchObject({
    status: 'passed',
    findings: [],
    history: { workflowType: 'order', eventCount: 22 },
  });
});

describe('one edit, one finding', () => {
  test.each<[code: string, line: number, title: string, source: () => string]>([
    [
      'R1001',
      6,
      'activity `charge` was renamed to `chargeCard`',
      () => edited(['{ charge,', '{ chargeCard,'], ['await charge(', 'await chargeCard(']),
    ],
    [
      'R1002',
      6,
      'activity `ship` and activity `charge` changed order',
      () => edited(['await charge(input)', 'await ship(input)'], ['await ship(receipt)', 'await charge(receipt)']),
    ],
    [
      'R1002',
      6,
      'timer 1h and activity `charge` changed order',
      () =>
        edited([
          "  const receipt = await charge(input);\n  await sleep('1h');",
          "  await sleep('1h');\n  const receipt = await charge(input);",
        ]),
    ],
    [
      'R1002',
      7,
      'activity `ship` is asked for earlier than it was: before timer 1h has come to its end',
      () =>
        edited([
          "  await sleep('1h');\n  return await ship(receipt);",
          "  return (await Promise.all([sleep('1h'), ship(receipt)]))[1];",
        ]),
    ],
    [
      'R1003',
      6,
      'new timer 1s before activity `charge`',
      () => edited(['  const receipt', "  await sleep('1s');\n  const receipt"]),
    ],
    [
      'R1003',
      7,
      'new activity `audit` before timer 1h',
      () => edited(['{ charge,', '{ audit, charge,'], ['  await sleep', '  await audit(receipt);\n  await sleep']),
    ],
    ['R1004', 7, 'timer 1h was removed', () => edited(["  await sleep('1h');\n", ''])],
    [
      'R1004',
      8,
      'activity `ship` was removed',
      () => edited(['{ charge, ship }', '{ charge }'], ['await ship(receipt)', 'receipt']),
    ],
    [
      'R1008',
      7,
      'the workflow returns while the recorded run went on with timer 1h',
      () => edited(['  await sleep', '  if (!input.expedite) return receipt;\n  await sleep']),
    ],
    [
      'R1008',
      6,
      'the workflow returns while the recorded run went on with activity `charge`',
      () => edited(['  const receipt', "  if (!input.expedite) return '';\n  const receipt"]),
    ],
    [
      'R1009',
      9,
      'new activity `notify` after the point where the recorded run closed (workflow completed)',
      () =>
        edited(
          ['{ charge,', '{ notify, charge,'],
          [
            '  return await ship(receipt);',
            '  const label = await ship(receipt);\n  await notify(label);\n  return label;',
          ],
        ),
    ],
    [
      'R1010',
      7,
      'workflow code threw after event 7 (ActivityTaskCompleted)',
      () => edited(['  await sleep', '  const total = receipt.line.total;\n  await sleep']),
    ],
  ])('%s in line %i: %s', async (code, line, title, source) => {
    const { status, findings } = await replay(source());
    expect(status).toBe('failed');
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ code, title, place: { line } }]);
  });

  test('R1011: the workflow is not exported, but one that fits is', async () => {
    const { findings } = await replay(edited(['function order', 'function orderV2']));
    expect(findings).toMatchObject([{ code: 'R1011', title: 'no workflow named `order` is exported' }]);
    expect(findings[0]?.help.join()).toContain('export { orderV2 as order }');
  });

  test('R1011 also where a signal came before the first task', async () => {
    const history = new RecordedRun({ workflowType: 'other/type' }).signal('go').task().history();
    const { findings } = await replay(ORDER, history);
    expect(findings).toMatchObject([{ code: 'R1011', help: [expect.stringContaining('newName as "other/type"')] }]);
  });

  test('R1012: the run ends in another way', async () => {
    const source = edited(
      ['sleep }', 'sleep, continueAsNew }'],
      ['return await ship(receipt)', 'await ship(receipt);\n  return await continueAsNew(input)'],
    );
    expect((await replay(source)).findings).toMatchObject([{ code: 'R1012' }]);
  });

  test('two edits are two findings', async () => {
    const source = edited(
      ['{ charge,', '{ chargeCard,'],
      ['await charge(', 'await chargeCard('],
      ["  await sleep('1h');\n", ''],
    );
    expect((await replay(source)).findings.map(({ code }) => code)).toEqual(['R1001', 'R1004']);
  });
});

test('an edit in a loop is one finding, with the number of times', async () => {
  const LOOP = `import { proxyActivities } from '@reprise/workflow';
const { add, log } = proxyActivities({ startToCloseTimeout: '10s' });
export async function order(): Promise<void> {
  for (let i = 0; i < 12; i++) await add(i);
}
`;
  const run = new RecordedRun().task();
  for (let i = 0; i < 12; i++) run.activity('add', i, i).task();
  const history = run.completed(null);
  const { findings } = await replay(
    LOOP.replace('await add(i);', '{\n    await add(i);\n    await log(i);\n  }'),
    history,
  );
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors).toMatchObject([
    { code: 'R1003', title: 'new activity `log` before activity `add`', times: 12, explainsRest: true },
  ]);
});

describe('patches', () => {
  const PATCHED = `import { deprecatePatch, patched, proxyActivities } from '@reprise/workflow';
const { charge, check } = proxyActivities({ startToCloseTimeout: '10s' });
export async function order(input: object): Promise<string> {
  if (patched('fraud')) await check(input);
  return await charge(input);
}
`;
  const history = new RecordedRun()
    .task()
    .patch('fraud')
    .activity('check', { id: 1 }, null)
    .task()
    .activity('charge', { id: 1 }, 'r1')
    .task()
    .completed('r1');

  test.each<[string, string[], string, string]>([
    ['in place', [], "if (patched('fraud'))", "if (patched('fraud'))"],
    ['deprecated', [], "if (patched('fraud')) await", "deprecatePatch('fraud');\n  await"],
    ['removed', ['R1005'], "if (patched('fraud')) await", 'await'],
    ['removed with its step', ['R1005'], "  if (patched('fraud')) await check(input);\n", ''],
    ['with another id', ['R1006'], "patched('fraud')", "patched('fraud-check')"],
  ])('%s', async (_, codes, from, to) => {
    const { findings } = await replay(PATCHED.replace(from, to), history);
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });
});

describe('what replay lets pass is a warning', () => {
  test.each<[string, string, [string, string]]>([
    ['R2001', 'arguments of activity `charge` changed', ['charge(input)', "charge({ ...input, currency: 'EUR' })"]],
    ['R2002', 'timer of 1h is now 2h', ["'1h'", "'2h'"]],
    [
      'R2003',
      'the workflow returns something else',
      ['return await ship(receipt)', 'return `label ${await ship(receipt)}`'],
    ],
  ])('%s: %s', async (code, title, replacement) => {
    expect(await replay(edited(replacement))).toMatchObject({
      status: 'passed',
      findings: [{ code, title, severity: 'warning' }],
    });
  });

  test('and an error when it is asked for', async () => {
    const options = { ...code.write(edited(["'1h'", "'2h'"])), strict: true };
    const verdict = await replayHistory(options, recorded);
    expect(verdict.status).toBe('failed');
  });
});

describe('the end of a history that is open', () => {
  const begun = (): RecordedRun => new RecordedRun().task().activity('charge', { id: 1 }, 'r1');

  test('in a task that is under way, new steps are new work', async () => {
    expect(await replay(ORDER, begun().openTask().history())).toMatchObject({ status: 'passed', findings: [] });
  });

  test('in a task that is completed, a step that it did not record is a break', async () => {
    const { findings } = await replay(ORDER, begun().task().history());
    expect(findings).toMatchObject([{ code: 'R1003', now: { kind: 'timer' } }]);
  });

  test('an error in the task under way is a break', async () => {
    const source = edited(['  await sleep', '  throw new TypeError(receipt);\n  await sleep']);
    expect((await replay(source, begun().openTask().history())).findings).toMatchObject([{ code: 'R1010' }]);
  });
});

describe('the task that is due in an open history', () => {
  const begun = (): RecordedRun => new RecordedRun().task().activity('charge', { id: 1 }, 'r1');
  const throwing = (): string => edited(['  await sleep', '  throw new TypeError(receipt);\n  await sleep']);

  test('is run: code that throws in it would be stuck', async () => {
    expect((await replay(throwing(), begun().dueTask().history())).findings).toMatchObject([{ code: 'R1010' }]);
    expect((await replay(ORDER, begun().dueTask().history())).findings).toEqual([]);
  });

  test('is run for an execution that has only begun', async () => {
    const verdict = await replay(edited(['function order', 'function orderV2']), new RecordedRun().history());
    expect(verdict).toMatchObject({ findings: [{ code: 'R1011' }], history: { eventCount: 1 } });
  });
});

test('payloads that nothing here reads are a problem of the history', async () => {
  const encrypted = JSON.stringify(recorded).replace(
    Buffer.from('json/plain').toString('base64'),
    Buffer.from('binary/encrypted').toString('base64'),
  );
  expect(await replay(ORDER, JSON.parse(encrypted) as object)).toMatchObject({
    status: 'unreadable',
    problem: { code: 'R3002', message: expect.stringContaining("event 1: a payload is encoded as 'binary/encrypted'") },
  });
});

describe('histories of other languages', () => {
  const renamed = edited(['await charge', 'await pay'], ['{ charge,', '{ pay,']);
  const ofGo = JSON.parse(
    JSON.stringify(recorded).replaceAll('"temporal-typescript"', '"temporal-go"').replaceAll('"1.24.0"', '"1.31.0"'),
  ) as object;

  test('are a problem of the corpus where they do not fit', async () => {
    expect(await replay(renamed, ofGo)).toMatchObject({
      status: 'unreadable',
      findings: [],
      problem: { code: 'R3004', message: expect.stringContaining('the Go SDK (temporal-go 1.31.0)') },
    });
    expect(await replay(edited(['function order', 'function other']), ofGo)).toMatchObject({ status: 'unreadable' });
  });

  test('are none where they do', async () => {
    expect(await replay(ORDER, ofGo)).toMatchObject({ status: 'passed' });
  });
});

test.each<[string, string, string, string[]]>([
  ['an id of the code', 'second', 'first', []],
  ['the number of the event', '1', '5', ['SDKs of other languages number activities by the events']],
])('another activity id is told from another order: %s', async (_, is, was, notes) => {
  const withIds = JSON.stringify(recorded).replace('"activityId":"1"', `"activityId":"${was}"`);
  const source = edited(["startToCloseTimeout: '10s'", `startToCloseTimeout: '10s', activityId: '${is}'`]);
  expect((await replay(source, JSON.parse(withIds) as object)).findings).toMatchObject([
    { code: 'R1017', title: `activity \`charge\` now has the activity id '${is}', recorded was '${was}'`, notes },
  ]);
});

test('bytes and text are taken as well as objects', async () => {
  const options = code.write(ORDER);
  const text = JSON.stringify(recorded);
  expect((await replayHistory(options, text)).status).toBe('passed');
  expect((await replayHistory(options, new TextEncoder().encode(text))).status).toBe('passed');
  expect((await replayHistory(options, { workflowId: 'x', history: recorded })).status).toBe('passed');
});

test('without code there is nothing to replay against', async () => {
  await expect(replayHistory({}, recorded)).rejects.toThrow('give `workflowsPath` or `workflowBundle`');
});
