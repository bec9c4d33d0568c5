import { edit, type SampleEdit } from './sample-edit.ts';

const a = 'approval.ts';
export const APPROVAL_EDITS: readonly SampleEdit[] = [
  edit(
    'asks one after the other',
    [[a, 'await Promise.all(askees.map((who) => ask(who, what)));', 'for (const who of askees) await ask(who, what);']],
    ['R1002', undefined, 3],
  ),
  edit('waits two days', [[a, "sleep('1 day')", "sleep('2 days')"]], ['R2002w', 'sleep(', 6]),
  edit(
    'escalates with a reminder',
    [[a, '      await escalate(what);', "      await escalate(what);\n      await record(what, 'escalated');"]],
    ['R1003', "record(what, 'escalated')", 3],
  ),
  edit(
    'does not escalate',
    [[a, '    if (!first) {\n      await escalate(what);\n    }\n', '']],
    ['R1004', undefined, 3, '`escalate` was removed'],
  ),
  edit('timeout by withTimeout', [
    [
      a,
      "      const timer = sleep('7 days').then(() => undefined);\n",
      "      const timer = condition(() => false, '7 days').then(() => undefined);\n",
    ],
  ]),
  edit(
    'late scope without cancelling the timer',
    [[a, '      CancellationScope.current().cancel();\n', '']],
    ['R1003', undefined, 1],
    ['R1004', undefined, 1],
  ),
  edit('handler of the signal records first', [
    [
      a,
      "    isUrgent = true;\n    await record(what, 'hurried');",
      "    await record(what, 'hurried');\n    isUrgent = true;",
    ],
  ]),
  edit('handler without an activity', [[a, "    await record(what, 'hurried');\n", '']], ['R1004', undefined, 1]),
  edit(
    'cleanup that is cancelled as well',
    [
      [
        a,
        "      await CancellationScope.nonCancellable(async () => {\n        await record(what, 'cancelled');\n      });",
        "      await record(what, 'cancelled');",
      ],
    ],
    ['R1004', undefined, 1, '`record` was removed'],
  ),
  edit(
    'cleanup dropped',
    [
      [
        a,
        "    if (isCancellation(error)) {\n      await CancellationScope.nonCancellable(async () => {\n        await record(what, 'cancelled');\n      });\n    }\n",
        '',
      ],
    ],
    ['R1004', undefined, 1],
  ),
  edit(
    'cancellation swallowed',
    [[a, '    throw error;\n  }\n}', "    return 'cancelled';\n  }\n}"]],
    ['R1012', "return 'cancelled'", 1],
  ),
  edit(
    'refusals are failures',
    [
      [a, 'return `refused by ${answer.by}`;', "throw ApplicationFailure.nonRetryable('refused');"],
      [a, '  ActivityCancellationType,', '  ActivityCancellationType,\n  ApplicationFailure,'],
    ],
    ['R1012', undefined, 2],
  ),
  edit(
    'refusals are not recorded',
    [[a, "      await record(what, 'refused');\n", '']],
    ['R1004', 'return `refused', 2],
  ),
  edit(
    'grants through record',
    [
      [
        a,
        'return await grant(what, answer.by);',
        "await record(what, 'granted');\n    return await grant(what, answer.by);",
      ],
    ],
    ['R1003', "record(what, 'granted')", 1],
  ),
  edit('decide under another name', [[a, ">('decide')", ">('answer')"]], ['R1004', undefined, 2, 'signal `decide`']),
  edit(
    'trigger replaced by condition',
    [
      [
        a,
        "const first = await Promise.race([decision, sleep('1 day')]);",
        "const first = await condition(() => isUrgent, '1 day');",
      ],
    ],
    ['R1004', undefined, 1],
  ),
];
