import { edit, type SampleEdit } from './sample-edit.ts';

const p = 'poller.ts',
  b = 'pacing/backoff.ts',
  l = 'pacing/limits.ts';
export const POLLER_EDITS: readonly SampleEdit[] = [
  edit('backoff of another base, in a helper of a helper', [[b, '2 ** round', '3 ** round']], ['R2002w', 'sleep(', 5]),
  edit('longest pause shorter', [[l, '60_000', '3_000']], ['R2002w', 'sleep(', 3]),
  edit(
    'publishes every round',
    [
      [
        p,
        '    if (now > last) {\n      last = now;\n      await publish(watch.job, now);\n    }',
        '    last = now;\n    await publish(watch.job, now);',
      ],
    ],
    ['R1003', 'publish(', 5, 'new activity `publish` before timer 1s'],
  ),
  edit(
    'publishes only at the end',
    [[p, '    if (now > last) {\n      last = now;\n      await publish(watch.job, now);\n    }\n', '']],
    ['R1004', 'sleep(', 3, '`publish` was removed'],
  ),
  edit(
    'continues as new a round earlier',
    [[p, 'round < watch.round + watch.perRun; round++', 'round < watch.round + watch.perRun - 1; round++']],
    ['R1008', undefined, 2],
  ),
  edit(
    'never continues as new',
    [[p, 'round < watch.round + watch.perRun; round++', 'round < 100; round++']],
    ['R1009', 'check(', 1],
  ),
  edit(
    'arguments of the next run',
    [
      [
        p,
        '{ ...watch, round: watch.round + watch.perRun }',
        '{ ...watch, round: watch.round + watch.perRun, tries: 1 }',
      ],
      [p, '  perRun: number;', '  perRun: number;\n  tries?: number;'],
    ],
    ['R2001w', 'continueAsNew', 1, 'continue as new'],
  ),
  edit(
    'continues as another workflow',
    [
      [p, 'continueAsNew<typeof poller>(', "makeContinueAsNewFunc<typeof poller>({ workflowType: 'watcher' })("],
      [p, 'continueAsNew, defineQuery', 'defineQuery, makeContinueAsNewFunc'],
    ],
    ['R2004w', undefined, 1, 'workflowType poller -> watcher'],
  ),
  edit(
    'pauses before it looks',
    [
      [
        p,
        '    const { state, progress: now } = await check(watch.job, round);',
        '    await sleep(10);\n    const { state, progress: now } = await check(watch.job, round);',
      ],
    ],
    ['R1003', 'sleep(10)', 6, 'new timer 10ms before activity `check`'],
  ),
  edit(
    'lost jobs complete',
    [
      [p, "throw ApplicationFailure.nonRetryable(`job ${watch.job} is lost`, 'JobLost')", 'return -1'],
      [p, 'ApplicationFailure, ', ''],
    ],
    ['R1012', 'return -1', 1],
  ),
  edit('message of the failure', [[p, 'is lost`', 'is gone`']], ['R2003w', undefined, 1]),
  edit('type of the failure', [[p, "'JobLost'", "'Lost'"]], ['R2003w', undefined, 1]),
  edit(
    'done is checked after publishing progress',
    [
      [p, "    if (state === 'done') {\n      await publish(watch.job, now);\n      return now;\n    }\n", ''],
      [
        p,
        '    await sleep(backoff(round));',
        "    if (state === 'done') {\n      await publish(watch.job, now);\n      return now;\n    }\n    await sleep(backoff(round));",
      ],
    ],
    ['R1009', 'publish(', 3, 'new activity `publish`'],
  ),
  edit(
    'a state that is handled anew',
    [
      [
        p,
        "    if (state === 'lost') {",
        "    if (state === 'running' && round > 3) {\n      await publish(watch.job, -1);\n    }\n    if (state === 'lost') {",
      ],
    ],
    ['R1003', 'publish(watch.job, -1)', 2],
  ),
  edit('result', [[p, '      return now;', '      return now * 2;']], ['R2003w', 'return now * 2', 3]),
  edit(
    'check without the round',
    [
      [p, 'check(watch.job, round)', 'check(watch.job)'],
      [p, 'check(job: string, round: number)', 'check(job: string)'],
    ],
    ['R2001w', 'check(', 6],
  ),
  edit(
    'field of the input renamed, and old inputs lack it',
    [
      [p, '  perRun: number;', '  rounds: number;'],
      [p, 'round < watch.round + watch.perRun', 'round < watch.round + watch.rounds'],
      [p, 'round: watch.round + watch.perRun', 'round: watch.round + watch.rounds'],
    ],
    ['R1008', undefined, 6],
  ),
  edit(
    'throws on an input of before',
    [
      [p, '  let last = 0;', '  let last = 0;\n  if (watch.limit.rounds === 0) return 0;'],
      [p, '  perRun: number;', '  perRun: number;\n  limit: { rounds: number };'],
    ],
    ['R1010', 'rounds', 6],
  ),
  edit(
    'a loop that never waits',
    [[p, '  let last = 0;', '  let last = 0;\n  while (watch.round > 0) last++;']],
    ['R1010', undefined, 1, 'did not come to an end'],
  ),
  edit(
    'timeouts of the proxy',
    [[p, "startToCloseTimeout: '1 minute'", "startToCloseTimeout: '2 minutes', heartbeatTimeout: '5 seconds'"]],
    ['R2004w', 'check(', 6],
  ),
  edit(
    'for loop to while loop with the pause first',
    [
      [p, '    await sleep(backoff(round));\n', ''],
      [
        p,
        '    const { state, progress: now } =',
        '    if (round > watch.round) await sleep(backoff(round - 1));\n    const { state, progress: now } =',
      ],
    ],
    ['R1004', undefined, 1],
  ),
];
