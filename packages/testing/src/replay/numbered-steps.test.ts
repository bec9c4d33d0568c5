/** Steps that the server never hears of, since they are taken back in the task that asks for them, and that count. */
import { afterAll, expect, test } from 'vitest';

import { RecordedRun } from '../recorded-run.suite.ts';
import { edit, ReplayedSource } from './replayed-source.suite.ts';

const code = new ReplayedSource();
afterAll(() => code.dispose());

const WAITS = `import { CancellationScope, condition, proxyActivities, sleep } from '@temporalio/workflow';

const { charge, ship } = proxyActivities({ startToCloseTimeout: '10s' });

export async function order(input: { id: number }): Promise<void> {
  await charge(input);
  await sleep('1h');
  await ship(input);
}
`;
const before = (step: string, ...inserted: string[]): string =>
  edit(WAITS, step, `${inserted.join('\n  ')}\n  ${step}`);
const charged = (): RecordedRun => new RecordedRun().task().activity('charge', { id: 1 }, null).task();
const waiting = charged().runningTimer('3600s').history();
const shipped = charged().timer('3600s').task().activity('ship', { id: 1 }, null).task().completed(null);

test.each([
  ['a closed run', shipped],
  ['a run that waits', waiting],
])('a timer that is new and cancelled at once breaks those after it: %s', async (_, run) => {
  const { findings } = await code.replay(before("await sleep('1h');", "await condition(() => true, '5m');"), run);
  expect(findings).toMatchObject([
    {
      code: 'R1003',
      title: 'new timer 5m, cancelled as soon as it is asked for, before timer 1h',
      place: { line: 7 },
      recorded: { eventType: 'TimerStarted' },
      help: [expect.stringContaining("patched('timer')")],
      notes: [expect.stringContaining('was number 1, and is number 2 now')],
    },
  ]);
});

test('one that is gone is told of where the next one is asked for', async () => {
  const guarded = before("await sleep('1h');", "await condition(() => true, '5m');");
  const recorded = charged().withdrawnTimer().timer('3600s').history();
  expect((await code.replay(guarded, recorded)).findings).toEqual([]);
  expect((await code.replay(WAITS, recorded)).findings).toMatchObject([
    { code: 'R1004', title: 'a timer that was never sent is gone before timer 1h', place: { line: 7 } },
  ]);
});

test('an activity that is called in a cancelled scope takes a number too', async () => {
  const { findings } = await code.replay(
    before(
      'await ship(input);',
      'const scope = new CancellationScope();',
      'scope.cancel();',
      'await scope.run(() => ship(input)).catch(() => undefined);',
    ),
    shipped,
  );
  expect(findings).toMatchObject([
    {
      code: 'R1003',
      title: 'new activity that is never sent before activity `ship`',
      notes: [expect.stringContaining('was number 2, and is number 3 now')],
    },
  ]);
});

test('what else changed is told of beside it', async () => {
  const source = before("await sleep('1h');", "await condition(() => true, '5m');");
  const { findings } = await code.replay(edit(source, 'await ship(input);', 'await charge(input);'), shipped);
  expect(
    findings.filter(({ severity }) => severity === 'error').map(({ code: found, title }) => [found, title]),
  ).toEqual([
    ['R1003', 'new timer 5m, cancelled as soon as it is asked for, before timer 1h'],
    ['R1001', 'activity `ship` was renamed to `charge`'],
  ]);
});

test('a patch whose marker is recorded without the search attribute beside it', async () => {
  const source = before("await sleep('1h');", "if (patched('p')) await ship(input);").replace(
    '{ Can',
    '{ patched, Can',
  );
  const recorded = charged().patchMarker('p');
  recorded.activity('ship', { id: 1 }, null).task().timer('3600s').task().activity('ship', { id: 1 }, null).task();
  const { findings } = await code.replay(source, recorded.completed(null));
  expect(findings).toMatchObject([
    { code: 'R1000', title: "the marker of patch 'p' is recorded without the search attribute that goes with it" },
  ]);
});
