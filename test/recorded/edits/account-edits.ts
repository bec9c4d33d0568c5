import type { EditCase } from './edit-case.ts';

const a = 'account.ts';

export const ACCOUNT_EDITS: readonly EditCase[] = [
  {
    name: 'account: patch removed, body kept',
    want: 'R1005',
    edits: [
      [a, "if (patched('audit-start')) {\n    await audit(`start ${name}`);\n  }", 'await audit(`start ${name}`);'],
    ],
  },
  {
    name: 'account: patch removed with body',
    want: 'R1005',
    edits: [[a, "  if (patched('audit-start')) {\n    await audit(`start ${name}`);\n  }\n", '']],
  },
  {
    name: 'account: patch → deprecatePatch',
    want: '',
    edits: [
      [
        a,
        "if (patched('audit-start')) {\n    await audit(`start ${name}`);\n  }",
        "deprecatePatch('audit-start');\n  await audit(`start ${name}`);",
      ],
    ],
  },
  { name: 'account: deprecatePatch removed', want: '', edits: [[a, "  deprecatePatch('old-thing');\n", '']] },
  {
    name: 'account: patch renamed',
    want: 'R1006',
    at: "patched('start-audit')",
    edits: [[a, "patched('audit-start')", "patched('start-audit')"]],
  },
  {
    name: 'account: patch else-branch added (safe)',
    want: '',
    edits: [
      [
        a,
        '    await audit(`start ${name}`);\n  }',
        '    await audit(`start ${name}`);\n  } else {\n    await sleep(1);\n  }',
      ],
    ],
  },
  {
    name: 'account: new patch (safe)',
    want: '',
    edits: [
      [
        a,
        "  deprecatePatch('old-thing');",
        "  deprecatePatch('old-thing');\n  if (patched('third')) await audit('third');",
      ],
    ],
  },
  {
    name: 'account: local activity renamed',
    want: 'R1001',
    at: "await quote('EUR')",
    edits: [
      [a, '{ rate } =', '{ quote } ='],
      [a, "await rate('EUR')", "await quote('EUR')"],
    ],
  },
  {
    name: 'account: local activity removed',
    want: 'R1004',
    edits: [[a, "const factor = await rate('EUR');", 'const factor = 2;']],
  },
  {
    name: 'account: local activity added',
    want: 'R1003',
    edits: [[a, "  deprecatePatch('old-thing');", "  deprecatePatch('old-thing');\n  await rate('USD');"]],
  },
  { name: 'account: local activity args', want: '', edits: [[a, "rate('EUR')", "rate('USD')"]] },
  {
    name: 'account: local → normal activity',
    want: 'R1001',
    edits: [[a, 'const { rate } = proxyLocalActivities', 'const { rate } = proxyActivities']],
  },
  {
    name: 'account: update handler without activity',
    want: 'R1004',
    edits: [[a, '      await audit(`deposit ${amount}`);\n', '']],
  },
  {
    name: 'account: update handler extra activity',
    want: 'R1003',
    edits: [[a, '      deposits++;', "      await audit('x');\n      deposits++;"]],
  },
  { name: 'account: update renamed', want: 'R1004', edits: [[a, "('deposit')", "('pay')"]] },
  {
    name: 'account: validator stricter (accepted in history)',
    want: '',
    edits: [[a, 'amount <= 0', 'amount <= 1000']],
  },
  {
    name: 'account: update result',
    want: 'R2003w',
    edits: [[a, '      return balance;', '      return balance + 1;']],
  },
  {
    name: 'account: complete instead of CAN',
    want: 'R1012',
    edits: [[a, 'await continueAsNew<typeof account>(name, balance, round + 1);', "return 'closed';"]],
  },
  { name: 'account: CAN args', want: 'R2001w', edits: [[a, 'balance, round + 1', 'balance + 1, round + 1']] },
  {
    name: 'account: no CAN, goes on',
    want: 'R1009',
    edits: [[a, 'if (!closed && round < 2)', 'if (!closed && round < 0)']],
  },
  {
    name: 'account: double-settle patch removed (body kept)',
    want: 'R1005',
    edits: [
      [
        a,
        "  if (patched('double-settle')) {\n    await settle(balance * factor);\n    await sleep(10);\n  }",
        '  await settle(balance * factor);\n  await sleep(10);',
      ],
    ],
  },
  {
    name: 'account: gated step swapped',
    want: 'R1002',
    edits: [
      [
        a,
        '    await settle(balance * factor);\n    await sleep(10);',
        '    await sleep(10);\n    await settle(balance * factor);',
      ],
    ],
  },
  {
    name: 'account: upsert added',
    want: 'R1003',
    edits: [
      [a, 'setHandler,', 'setHandler,\n  upsertSearchAttributes,'],
      [a, '  const factor =', "  upsertSearchAttributes({ CustomKeywordField: ['x'] });\n  const factor ="],
    ],
  },
  {
    name: 'account: uuid4 in args',
    want: 'R2001w',
    edits: [
      [a, 'setHandler,', 'setHandler,\n  uuid4,'],
      [a, 'audit(`start ${name}`)', 'audit(`start ${uuid4()}`)'],
    ],
  },
  {
    name: 'account: threw',
    want: 'R1010',
    at: 'JSON.parse',
    edits: [[a, '  if (!closed && round', "  JSON.parse('{');\n  if (!closed && round"]],
  },
  {
    name: 'account: threw in update handler',
    want: 'R1010',
    at: 'JSON.parse',
    edits: [[a, '      balance += amount;', "      JSON.parse('{');\n      balance += amount;"]],
  },
  {
    name: 'account: early return',
    want: 'R1008',
    at: "return 'x'",
    edits: [[a, "  deprecatePatch('old-thing');", "  if (name) return 'x';\n  deprecatePatch('old-thing');"]],
  },
  {
    name: 'account: activity at end',
    want: 'R1009',
    at: "await audit('end')",
    edits: [
      [a, '  return await settle(balance);', "  const s = await settle(balance);\n  await audit('end');\n  return s;"],
    ],
  },
  { name: 'account: rename audit', want: 'R1001', edits: [[a, '{ audit, settle }', '{ log: audit, settle }']] },
  {
    name: 'account: timer first',
    want: 'R1003',
    at: 'sleep(9)',
    edits: [[a, '  const factor', '  await sleep(9);\n  const factor']],
  },
  {
    name: 'account: swap rate and audit',
    want: 'R1002',
    edits: [
      [a, "  const factor = await rate('EUR');\n", ''],
      [a, "  deprecatePatch('old-thing');", "  const factor = await rate('EUR');\n  deprecatePatch('old-thing');"],
    ],
  },
  {
    name: 'account: await removed on audit',
    want: 'R1002',
    edits: [[a, '    await audit(`start', '    void audit(`start']],
  },
  {
    name: 'account: not exported',
    want: 'R1011',
    edits: [['all.ts', 'export { account }', 'export { account as acct }']],
  },
  {
    name: 'account: patch arms swapped',
    want: 'R1004',
    edits: [[a, "if (patched('double-settle')) {", "if (!patched('double-settle')) {"]],
  },
];
