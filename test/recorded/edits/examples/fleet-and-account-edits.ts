import type { SampleEdit } from '../samples/sample-edit.ts';

const a = 'account.ts';
const f = 'fleet.ts';
const b = 'patched(';

export const FLEET_AND_ACCOUNT_EDITS: readonly SampleEdit[] = [
  {
    name: 'one round more',
    edits: [[f, 'i < 3; i++', 'i < 4; i++']],
    causes: [['R1003', 'track(', 3, 'new activity `track`']],
  },
  {
    name: 'one round less',
    edits: [[f, 'i < 3; i++', 'i < 2; i++']],
    causes: [['R1004', undefined, 3, 'activity `track` was removed']],
  },
  {
    name: 'the same step before the loop',
    edits: [[f, '  for (let i = 0;', "  await track('extra');\n  for (let i = 0;"]],
    causes: [
      ['R1003', "track('extra')", 3, 'new activity `track` before activity `track`', "if (patched('track')) ..."],
    ],
    healed: [
      [f, '  isCancellation,\n', '  isCancellation,\n  patched,\n'],
      [f, '  for (let i = 0;', "  if (patched('track')) await track('extra');\n  for (let i = 0;"],
    ],
  },
  {
    name: 'one round left out',
    edits: [[f, '    await track(`loop', '    if (i !== 1) await track(`loop']],
    causes: [['R1004', 'track(', 3, 'activity `track` was removed']],
  },
  {
    name: 'rounds at the same time',
    edits: [
      [
        f,
        '  for (let i = 0; i < 3; i++) {\n    await track(`loop-${i}`);\n  }',
        '  await Promise.all([0, 1, 2].map((i) => track(`loop-${i}`)));',
      ],
    ],
    causes: [['R1002', undefined, 3, 'before activity `track` has come to its end', 'wait for activity `track` first']],
  },
  {
    name: 'members of Promise.all in another order',
    edits: [
      [
        f,
        "[track(legs[0] ?? ''), track(legs[1] ?? ''), sleep('50 ms')]",
        "[sleep('50 ms'), track(legs[0] ?? ''), track(legs[1] ?? '')]",
      ],
      [f, 'distances[0]', 'distances[1]'],
    ],
    causes: [['R1002', "sleep('50 ms')", 3, 'timer 50ms and activity `track` changed order']],
  },
  {
    name: 'one member of Promise.all less',
    edits: [[f, "track(legs[1] ?? ''), ", '']],
    causes: [['R1004', 'sleep(', 3, 'activity `track` was removed']],
  },
  {
    name: 'child started and not awaited',
    edits: [
      [f, 'const first = await executeChild(', 'const first = executeChild('],
      [f, '[first, second', '[await first, second'],
    ],
    causes: [
      ['R1002', 'executeChild(', 3, 'before child workflow `leg` has come to its end', 'wait for child workflow `leg`'],
    ],
  },
  {
    name: 'child under another id',
    edits: [[f, '/leg-1`', '/leg-one`']],
    causes: [['R1017', 'executeChild(', 3, "recorded was 'fleet-1/leg-1'", 'derive the id']],
  },
  {
    name: 'child of another type',
    edits: [[f, 'executeChild(leg,', "executeChild('legV2',"]],
    causes: [['R1007', 'executeChild(', 3, '`leg` -> `legV2`', "patched('legV2') ? legV2 : leg"]],
    healed: [
      [f, '  isCancellation,\n', '  isCancellation,\n  patched,\n'],
      [f, 'executeChild(leg,', "executeChild(patched('legV2') ? 'legV2' : leg,"],
    ],
  },
  {
    name: 'sleeps where it waited no longer than a signal took',
    edits: [
      [
        f,
        "const wasFinished = await condition(() => finished, '2 hours');",
        "await sleep('2 hours');\n  const wasFinished = finished;",
      ],
    ],
    causes: [['R1003', "sleep('2 hours')", 2, 'new timer 2h before timer 1h', 'gate it']],
  },
  {
    name: 'local activity becomes activity',
    edits: [[a, 'proxyLocalActivities<{ rate', 'proxyActivities<{ rate']],
    causes: [['R1001', 'rate(', 3, 'local activity `rate` is now activity `rate`', "patched('rate-as-activity')"]],
  },
  {
    name: 'patch ids exchanged',
    edits: [
      [a, `${b}'audit-start')`, `${b}'?')`],
      [a, `${b}'double-settle')`, `${b}'audit-start')`],
      [a, `${b}'?')`, `${b}'double-settle')`],
    ],
    causes: [
      ['R1006', "'double-settle'", 3, "patch 'audit-start' is now called 'double-settle'", "keep the id 'audit-start'"],
      ['R1006', "'audit-start'", 1, "patch 'double-settle' is now called 'audit-start'", "keep the id 'double-settle'"],
    ],
  },
  {
    name: 'patch deprecated once every history has it',
    edits: [[a, "if (patched('double-settle')) {", "deprecatePatch('double-settle');\n  {"]],
    causes: [],
  },
  {
    name: 'update under another name',
    edits: [[a, "('deposit')", "('payIn')"]],
    causes: [['R1004', "'payIn'", 3, 'update `deposit` was accepted', 'keep a handler for update `deposit`']],
  },
  {
    name: 'signal handled under a condition that does not hold',
    edits: [['order.ts', '  setHandler(approve', '  if (quantity > 5) setHandler(approve']],
    causes: [['R1004', 'condition(', 3, 'signal `approve` is not handled any more', "defineSignal('approve')"]],
  },
];
