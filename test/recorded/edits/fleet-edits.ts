import type { EditCase } from './edit-case.ts';

const f = 'fleet.ts';

export const FLEET_EDITS: readonly EditCase[] = [
  {
    name: 'fleet: reorder in Promise.all',
    want: 'R1002',
    edits: [
      [
        f,
        "[track(legs[0] ?? ''), track(legs[1] ?? ''), sleep('50 ms')]",
        "[sleep('50 ms'), track(legs[0] ?? ''), track(legs[1] ?? '')]",
      ],
    ],
  },
  {
    name: 'fleet: reorder same type in Promise.all',
    want: 'R2001w',
    causes: 2,
    edits: [[f, "track(legs[0] ?? ''), track(legs[1] ?? '')", "track(legs[1] ?? ''), track(legs[0] ?? '')"]],
  },
  {
    name: 'fleet: sequential instead of parallel',
    want: 'R1002',
    edits: [
      [
        f,
        "const distances = await Promise.all([track(legs[0] ?? ''), track(legs[1] ?? ''), sleep('50 ms')]);",
        "const distances = [await track(legs[0] ?? ''), await track(legs[1] ?? '')];\n  await sleep('50 ms');",
      ],
    ],
  },
  {
    name: 'fleet: child type changed',
    want: 'R1007',
    at: 'executeChild(',
    edits: [[f, 'executeChild(leg,', "executeChild('legV2',"]],
  },
  { name: 'fleet: child id changed', want: 'R1017', edits: [[f, '/leg-1`', '/first-leg`']] },
  {
    name: 'fleet: child id random',
    want: 'R1017',
    edits: [[f, 'workflowId: `${workflowInfo().workflowId}/leg-1`, ', '']],
  },
  {
    name: 'fleet: child removed',
    want: 'R1004',
    edits: [
      [
        f,
        'const first = await executeChild(leg, { workflowId: `${workflowInfo().workflowId}/leg-1`, args: [legName(1)] });',
        'const first = 1;',
      ],
    ],
  },
  {
    name: 'fleet: child added',
    want: 'R1003',
    at: '/leg-0`',
    edits: [
      [
        f,
        '  const first =',
        "  await executeChild(leg, { workflowId: `${workflowInfo().workflowId}/leg-0`, args: ['x'] });\n  const first =",
      ],
    ],
  },
  { name: 'fleet: child args', want: 'R2001w', causes: 2, edits: [['constants.ts', '`leg-${n}`', '`LEG-${n}`']] },
  {
    name: 'fleet: child options',
    want: 'R2004w',
    edits: [[f, 'ParentClosePolicy.ABANDON', 'ParentClosePolicy.TERMINATE']],
  },
  { name: 'fleet: imported constant', want: 'R2002w', edits: [['constants.ts', "'30 ms'", "'60 ms'"]] },
  { name: 'fleet: loop 4', want: 'R1003', at: 'await track(`loop', edits: [[f, 'i < 3', 'i < 4']] },
  { name: 'fleet: loop 2', want: 'R1004', edits: [[f, 'i < 3', 'i < 2']] },
  {
    name: 'fleet: loop parallel',
    want: 'R1002',
    edits: [
      [
        f,
        '  for (let i = 0; i < 3; i++) {\n    await track(`loop-${i}`);\n  }',
        '  await Promise.all([0, 1, 2].map((i) => track(`loop-${i}`)));',
      ],
    ],
  },
  {
    name: 'fleet: signal handler schedules activity',
    want: 'R1003',
    at: 'await notify(stop)',
    edits: [
      [
        f,
        'setHandler(addStop, (stop) => {\n    seen.push(stop);',
        'setHandler(addStop, async (stop) => {\n    seen.push(stop);\n    await notify(stop);',
      ],
    ],
  },
  {
    name: 'fleet: signal handler removed',
    want: 'R1004',
    edits: [[f, '  setHandler(finish, () => {\n    finished = true;\n  });\n', '']],
  },
  { name: 'fleet: signal renamed', want: 'R1004', edits: [[f, "defineSignal('finish')", "defineSignal('finished')"]] },
  {
    name: 'fleet: withTimeout removed',
    want: 'R1004',
    edits: [
      [
        f,
        "await CancellationScope.withTimeout('1 hour', async () => {\n      await notify('done');\n    });",
        "await notify('done');",
      ],
    ],
  },
  {
    name: 'fleet: helper edited in other file',
    want: 'R1003',
    at: "await plan(id + '2')",
    edits: [['steps.ts', 'return legs.slice', "await plan(id + '2');\n  return legs.slice"]],
  },
  { name: 'fleet: summarize changed', want: 'R2003w', edits: [['steps.ts', "join('+')", "join('-')"]] },
  {
    name: 'fleet: activity → local activity',
    want: 'R1001',
    edits: [
      [f, 'proxyActivities,', 'proxyActivities, proxyLocalActivities,'],
      ['steps.ts', 'proxyActivities', 'proxyLocalActivities'],
      ['steps.ts', '= proxyActivities', '= proxyLocalActivities'],
    ],
  },
  { name: 'fleet: leg early', want: 'R1004', edits: [[f, '  await sleep(20);\n', '']] },
  {
    name: 'fleet: rename notify in loop of findings',
    want: 'R1001',
    edits: [
      [f, 'notify(text', 'inform(text'],
      [f, 'track, notify', 'track, inform'],
      [f, "await notify('late')", "await inform('late')"],
      [f, "await notify('done')", "await inform('done')"],
    ],
  },
  {
    name: 'fleet: startChild instead of executeChild no await result',
    want: 'R1002',
    edits: [[f, 'const second = await handle.result();', 'const second = 1; void handle;']],
  },
  {
    name: 'fleet: threw',
    want: 'R1010',
    at: 'JSON.parse',
    edits: [[f, '  const first =', "  JSON.parse('{');\n  const first ="]],
  },
  {
    name: 'fleet: threw in helper',
    want: 'R1010',
    at: 'nope',
    edits: [['steps.ts', '  return legs.slice', "  JSON.parse('nope');\n  return legs.slice"]],
  },
  {
    name: 'fleet: threw in signal handler',
    want: 'R1010',
    at: 'JSON.parse',
    edits: [[f, '    seen.push(stop);', "    JSON.parse('{');\n    seen.push(stop);"]],
  },
  {
    name: 'fleet: throws ApplicationFailure',
    want: 'R1008',
    at: 'ApplicationFailure.create',
    edits: [
      [f, 'import {\n', 'import {\n  ApplicationFailure,\n'],
      [f, '  const first =', "  if (id) throw ApplicationFailure.create({ message: 'x' });\n  const first ="],
    ],
  },
  {
    name: 'fleet: early return',
    want: 'R1008',
    at: "return 'early'",
    edits: [[f, '  const first =', "  if (seen.length < 99) return 'early';\n  const first ="]],
  },
  {
    name: 'fleet: activity at end',
    want: 'R1009',
    at: "await notify('bye')",
    edits: [[f, '  return summarize', "  await notify('bye');\n  return summarize"]],
  },
  {
    name: 'fleet: timer at end',
    want: 'R1009',
    at: 'await sleep(5)',
    edits: [[f, '  return summarize', '  await sleep(5);\n  return summarize']],
  },
  {
    name: 'fleet: not exported',
    want: 'R1011',
    edits: [['all.ts', 'export { fleet, leg }', 'export { fleet as fleetV2, leg }']],
  },
  { name: 'fleet: leg not exported', want: 'R1011', edits: [['all.ts', 'export { fleet, leg }', 'export { fleet }']] },
  {
    name: 'fleet: rename track everywhere',
    want: 'R1001',
    edits: [
      [f, '  track(leg: string)', '  follow(leg: string)'],
      [f, 'const { track', 'const { follow: track'],
    ],
  },
  {
    name: 'fleet: swap children',
    want: 'R1002',
    edits: [
      [f, '/leg-1`', '/leg-X`'],
      [f, '/leg-2`', '/leg-1`'],
      [f, '/leg-X`', '/leg-2`'],
    ],
  },
  {
    name: 'fleet: added child in parallel',
    want: 'R1003',
    edits: [[f, '  const first =', "  void startChild(leg, { workflowId: 'z', args: ['x'] });\n  const first ="]],
  },
  {
    name: 'fleet: two unrelated edits',
    want: 'R1004,R1003',
    causes: 2,
    edits: [
      [f, '  const first =', "  await notify('hi');\n  const first ="],
      ['fleet.ts', '  await sleep(BATCH_PAUSE);\n', ''],
    ],
  },
  {
    name: 'fleet: timer before loop',
    want: 'R1003',
    at: 'sleep(7)',
    edits: [[f, '  for (let i = 0', '  await sleep(7);\n  for (let i = 0']],
  },
  {
    name: 'fleet: timer in loop',
    want: 'R1003',
    at: 'sleep(7)',
    edits: [[f, '    await track(`loop', '    await sleep(7);\n    await track(`loop']],
  },
  { name: 'fleet: loop activity removed', want: 'R1004', edits: [[f, '    await track(`loop-${i}`);\n', '']] },
  {
    name: 'fleet: conditional added around activity (false)',
    want: 'R1004',
    edits: [[f, "    await notify('late');", "    if (id === 'zz') await notify('late');"]],
  },
  {
    name: 'fleet: extra signal-external',
    want: 'R1003',
    edits: [
      [f, 'import {\n', 'import {\n  getExternalWorkflowHandle,\n'],
      [f, '  const first =', "  await getExternalWorkflowHandle('other').signal('x');\n  const first ="],
    ],
  },
];
