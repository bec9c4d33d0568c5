/** What changes nothing that a history remembers, or is gated as it should be: no remark at all. */
import { edit, type SampleEdit, type TextEdit } from '../samples/sample-edit.ts';

const h = 'hello.ts';
const o = 'order.ts';
const s = 'subscription.ts';
const GREET = '  const greeting = await greet(name);\n';
const patched: TextEdit = [h, 'condition, ', 'condition, patched, '];

export const SAFE_EDITS: readonly SampleEdit[] = [
  edit('variables renamed', [
    [h, 'greeting', 'salutation'],
    [h, 'approver', 'whoApproved'],
  ]),
  edit('a step moved to a function of its own', [
    [h, GREET, '  const greeting = await salute(name);\n'],
    [
      h,
      'export async function hello',
      'async function salute(to: string): Promise<string> {\n  return await greet(to);\n}\n\nexport async function hello',
    ],
  ]),
  edit('a step moved to another file', [
    [h, GREET, '  const greeting = await salute(name);\n'],
    [h, 'import type * as', "import { salute } from './salute.ts';\nimport type * as"],
    [
      'salute.ts',
      '',
      "import { proxyActivities } from '@reprise/workflow';\nconst acts = proxyActivities({ startToCloseTimeout: '30 seconds' });\nexport const salute = async (to: string): Promise<string> => await acts.greet(to);\n",
    ],
  ]),
  edit('the whole workflow moved to another file', [
    ['moved.ts', '', "export { hello } from './hello.ts';\n"],
    ['all.ts', "'./hello.ts'", "'./moved.ts'"],
  ]),
  edit('logs added', [
    [h, 'condition, ', 'condition, log, '],
    [h, GREET, `  log.info('greeting', { name });\n${GREET}  log.debug('greeted');\n`],
  ]),
  edit('a query added', [
    [h, '  setHandler(isApproved', "  setHandler(defineQuery<string>('whose'), () => name);\n  setHandler(isApproved"],
  ]),
  edit('a signal and its handler added', [
    [
      h,
      '  setHandler(isApproved',
      "  setHandler(defineSignal('revoke'), () => {\n    approver = undefined;\n  });\n  setHandler(isApproved",
    ],
  ]),
  edit('an update and its handler added', [
    [h, 'defineSignal, ', 'defineSignal, defineUpdate, '],
    [
      h,
      '  setHandler(isApproved',
      "  setHandler(defineUpdate<string>('touch'), async () => await greet('touched'));\n  setHandler(isApproved",
    ],
  ]),
  edit('a new step, gated', [patched, [h, GREET, `  if (patched('second-look')) await sleep('5 seconds');\n${GREET}`]]),
  edit('a step gone, gated', [
    patched,
    [h, "  await sleep('1 second');\n", "  if (!patched('no-pause')) await sleep('1 second');\n"],
  ]),
  edit('a new step in a loop, gated', [
    [s, '  condition,\n', '  condition,\n  patched,\n'],
    [s, '    total += cents;\n', "    total += cents;\n    if (patched('thank')) await remind(customer);\n"],
  ]),
  edit('an order changed, gated', [
    patched,
    [
      h,
      `${GREET}  await sleep('1 second');\n`,
      `  let greeting = '';\n  if (patched('later')) {\n    await sleep('1 second');\n    greeting = await greet(name);\n  } else {\n    greeting = await greet(name);\n    await sleep('1 second');\n  }\n`,
    ],
  ]),
  edit('a branch that no history takes', [
    [
      h,
      GREET,
      `  if (name === '') throw new Error('no name');\n  if (name === 'nobody') await sleep('1 year');\n${GREET}`,
    ],
  ]),
  edit('types only', [
    [h, 'const greeting =', 'const greeting: string ='],
    [h, 'name: string)', 'name: Name)'],
    [h, 'export async function hello', 'type Name = string;\n\nexport async function hello'],
  ]),
  edit('formatting only', [
    [h, GREET, '  const greeting =\n    // politely\n    await greet(\n      name,\n    );\n\n'],
  ]),
  edit('then instead of await', [[h, GREET, '  const greeting = await greet(name).then((text) => text);\n']]),
  edit('try and finally around it all', [
    [
      h,
      GREET,
      `  let greeting = '';\n  try {\n    greeting = await greet(name);\n  } finally {\n    approver ??= undefined;\n  }\n`,
    ],
  ]),
  edit('a cancellation scope around a step', [
    [h, 'condition, ', 'CancellationScope, condition, '],
    [h, '  await sleep(', '  await CancellationScope.nonCancellable(async () => await sleep('],
    [h, "'1 second');", "'1 second'));"],
  ]),
  edit('sleep as a number of milliseconds', [[h, "sleep('1 second')", 'sleep(1000)']]),
  edit('an object with its fields in another order', [
    [o, '    return { orderId, approvedBy', '    return { approvedBy, orderId'],
  ]),
  edit('activities called through the proxy object', [
    [h, 'const { greet } = proxyActivities', 'const acts = proxyActivities'],
    [h, 'await greet(', 'await acts.greet('],
  ]),
  edit('a loop written another way', [
    [s, 'for (let month = 0; month < 12; month++) {', 'let month = 0;\n  while (month++ < 12) {'],
  ]),
  edit('a module constant', [
    [s, "'30 days'", 'PERIOD'],
    [s, 'export interface Subscription', "const PERIOD = '30 days';\n\nexport interface Subscription"],
  ]),
  edit('a workflow more', [
    [
      'all.ts',
      "export { hello } from './hello.ts';",
      "export { hello } from './hello.ts';\nexport { goodbye } from './goodbye.ts';",
    ],
    ['goodbye.ts', '', 'export async function goodbye(): Promise<void> {}\n'],
  ]),
];
