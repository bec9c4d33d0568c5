import type { EditCase } from './edit-case.ts';

const o = 'order.ts';

export const ORDER_EDITS: readonly EditCase[] = [
  {
    name: 'order: rename activity',
    want: 'R1001',
    at: 'await takeMoney(',
    edits: [
      [o, 'charge, ship, refund', 'takeMoney, ship, refund'],
      [o, 'await charge(orderId', 'await takeMoney(orderId'],
    ],
  },
  {
    name: 'order: swap charge and sleep',
    want: 'R1002',
    edits: [
      [o, "    current = 'packing';\n    await sleep('1 second');\n", ''],
      [o, '    const paymentId = await charge', "    await sleep('1 second');\n    const paymentId = await charge"],
    ],
  },
  {
    name: 'order: swap reserve & charge',
    want: 'R1002',
    edits: [
      [
        o,
        'const reservationId = await reserveStock(orderId, article, quantity);',
        'const reservationId = await charge(orderId, amountCents);',
      ],
      [
        o,
        'const paymentId = await charge(orderId, amountCents);',
        'const paymentId = await reserveStock(orderId, article, quantity);',
      ],
    ],
  },
  {
    name: 'order: add timer',
    want: 'R1003',
    at: "await sleep('5 seconds')",
    edits: [[o, '    const paymentId', "    await sleep('5 seconds');\n    const paymentId"]],
  },
  {
    name: 'order: add activity first',
    want: 'R1003',
    at: 'await audit(',
    edits: [
      [o, 'charge, ship', 'audit, charge, ship'],
      [o, '    const reservationId', '    await audit(orderId);\n    const reservationId'],
    ],
  },
  { name: 'order: remove timer', want: 'R1004', edits: [[o, "    await sleep('1 second');\n", '']] },
  {
    name: 'order: remove activity',
    want: 'R1004',
    edits: [[o, 'const reservationId = await reserveStock(orderId, article, quantity);', "const reservationId = 'x';"]],
  },
  {
    name: 'order: changed args',
    want: 'R2001w',
    at: 'await ship(',
    edits: [[o, 'await ship(orderId, address)', 'await ship(orderId, address.toUpperCase())']],
  },
  {
    name: 'order: changed timer',
    want: 'R2002w',
    at: "sleep('2 seconds')",
    edits: [[o, "sleep('1 second')", "sleep('2 seconds')"]],
  },
  { name: 'order: sleep 0', want: 'R2002w', at: 'sleep(0)', edits: [[o, "sleep('1 second')", 'sleep(0)']] },
  { name: 'order: changed condition timeout', want: 'R2002w', edits: [[o, "'1 minute'", "'4 seconds'"]] },
  {
    name: 'order: result',
    want: 'R2003w',
    edits: [[o, 'trackingId, address }', 'trackingId, address: address + "!" }']],
  },
  {
    name: 'order: early return',
    want: 'R1008',
    at: 'return {',
    edits: [
      [
        o,
        "    current = 'packing';\n",
        "    if (quantity === 1) return { orderId, approvedBy, paymentId, trackingId: '', address };\n    current = 'packing';\n",
      ],
    ],
  },
  {
    name: 'order: early return without closing over',
    want: 'R1008',
    edits: [
      [
        o,
        '    const reservationId',
        "    if (amountCents < 1000) return { orderId, approvedBy: '', paymentId: '', trackingId: '', address };\n    const reservationId",
      ],
    ],
  },
  {
    name: 'order: activity at end',
    want: 'R1009',
    at: 'await notify(',
    edits: [
      [o, 'charge, ship', 'notify, charge, ship'],
      [o, '    return { orderId, approvedBy', '    await notify(orderId);\n    return { orderId, approvedBy'],
    ],
  },
  {
    name: 'order: throws',
    want: 'R1010',
    at: 'JSON.parse',
    edits: [[o, "    current = 'packing';", "    JSON.parse('{');\n    current = 'packing';"]],
  },
  {
    name: 'order: throws type error, caught by saga!',
    want: 'R1010',
    at: '.trim()',
    edits: [[o, "    current = 'packing';", "    (undefined as unknown as string).trim();\n    current = 'packing';"]],
  },
  {
    name: 'order: not exported',
    want: 'R1011',
    edits: [['all.ts', "export { order } from './order.ts';", "export { order as order2 } from './order.ts';"]],
  },
  {
    name: 'order: continueAsNew at end',
    want: 'R1009',
    edits: [
      [o, 'condition,', 'condition, continueAsNew,'],
      [
        o,
        '    return { orderId, approvedBy',
        '    if (quantity) await continueAsNew();\n    return { orderId, approvedBy',
      ],
    ],
  },
  {
    name: 'order: saga order changed (push)',
    want: 'R1002',
    edits: [[o, 'undo.unshift(() => refund', 'undo.push(() => refund']],
  },
  {
    name: 'order: saga step removed',
    want: 'R1004',
    edits: [[o, '    undo.unshift(() => refund(orderId, paymentId));\n', '']],
  },
  {
    name: 'order: undo in parallel',
    want: 'R1002',
    edits: [[o, 'for (const step of undo) await step();', 'await Promise.all(undo.map((step) => step()));']],
  },
  {
    name: 'order: try/catch swallows',
    want: 'R1012',
    edits: [
      [
        o,
        "    current = 'undone';\n    throw error;",
        "    current = 'undone';\n    return { orderId, approvedBy: '', paymentId: '', trackingId: '', address };",
      ],
    ],
  },
  { name: 'order: failure message changed', want: 'R2003w', edits: [[o, 'Nobody approved the order', 'No approval']] },
  {
    name: 'order: helper in another file (safe)',
    want: '',
    edits: [
      [o, "await sleep('1 second');", 'await pack();'],
      [o, 'import type { Activities }', "import { pack } from './pack.ts';\nimport type { Activities }"],
      [
        'pack.ts',
        '',
        "import { sleep } from '@reprise/workflow';\nexport async function pack(): Promise<void> {\n  await sleep('1 second');\n}\n",
      ],
    ],
  },
  {
    name: 'order: proper patch (new step)',
    want: '',
    edits: [
      [o, 'condition,', 'condition, patched,'],
      [o, 'charge, ship', 'audit, charge, ship'],
      [o, "    current = 'packing';", "    if (patched('audit')) await audit(orderId);\n    current = 'packing';"],
    ],
  },
  {
    name: 'order: proper patch (removed step)',
    want: '',
    edits: [
      [o, 'condition,', 'condition, patched,'],
      [o, "await sleep('1 second');", "if (!patched('no-sleep')) await sleep('1 second');"],
    ],
  },
  {
    name: 'order: proper patch before a step',
    want: '',
    edits: [
      [o, 'condition,', 'condition, patched,'],
      [
        o,
        "    current = 'charging';\n    const paymentId = await charge(orderId, amountCents);",
        "    current = 'charging';\n    if (patched('sleep-first')) await sleep(5);\n    const paymentId = await charge(orderId, amountCents);",
      ],
    ],
  },
  {
    name: 'order: wrong patch (outside guard)',
    want: 'R1003',
    at: 'await audit',
    edits: [
      [o, 'condition,', 'condition, patched,'],
      [o, 'charge, ship', 'audit, charge, ship'],
      [o, "    current = 'packing';", "    if (!patched('audit')) await audit(orderId);\n    current = 'packing';"],
    ],
  },
  {
    name: 'order: renames of locals, comments, types (safe)',
    want: '',
    edits: [
      [o, 'const paymentId = await charge', '// pay\n    const paymentId: string = await charge'],
      [o, 'let current: OrderStatus', 'const unused = 1;\n  void unused;\n  let current: OrderStatus'],
    ],
  },
  {
    name: 'order: query added (safe)',
    want: '',
    edits: [
      [
        o,
        'setHandler(status,',
        "setHandler(defineQuery<string>('who'), () => approvedBy ?? '');\n  setHandler(status,",
      ],
    ],
  },
  { name: 'order: validator stricter', want: '', edits: [[o, "if (next.trim() === '')", 'if (next.length < 100)']] },
  {
    name: 'order: retry options',
    want: 'R2004w',
    edits: [[o, "maximumInterval: '1 second'", "maximumInterval: '1 second', maximumAttempts: 7"]],
  },
  {
    name: 'order: startToClose changed',
    want: 'R2004w',
    edits: [[o, "startToCloseTimeout: '2 seconds'", "startToCloseTimeout: '1 minute'"]],
  },
  {
    name: 'order: retry interval changed',
    want: 'R2004w',
    edits: [[o, "initialInterval: '200 ms'", "initialInterval: '300 ms'"]],
  },
  {
    name: 'order: activity task queue',
    want: 'R2004w',
    edits: [[o, "startToCloseTimeout: '2 seconds',", "startToCloseTimeout: '2 seconds', taskQueue: 'other',"]],
  },
  {
    name: 'order: awaiting removed (fire and forget)',
    want: 'R1002',
    edits: [[o, "    await sleep('1 second');\n", "    void sleep('1 second');\n"]],
  },
  {
    name: 'order: default export dynamic',
    want: '',
    edits: [['all.ts', "export { order } from './order.ts';", "export { order as default } from './order.ts';"]],
  },
  {
    name: 'order: Date.now at module (safe)',
    want: '',
    edits: [[o, "    current = 'packing';", "    if (Date.now() < 0) await sleep(1);\n    current = 'packing';"]],
  },
  {
    name: 'order: wait forever',
    want: 'R1004',
    edits: [[o, "    current = 'packing';", "    await condition(() => false);\n    current = 'packing';"]],
  },
  {
    name: 'order: wait forever at start',
    want: 'R1004',
    edits: [[o, '    const reservationId', '    await condition(() => false);\n    const reservationId']],
  },
  {
    name: 'order: cancellation scope added (timeout)',
    want: 'R1003',
    edits: [
      [
        o,
        "await sleep('1 second');",
        "await CancellationScope.withTimeout('1 hour', async () => { await sleep('1 second'); });",
      ],
    ],
  },
  {
    name: 'order: cancellable scope added (safe)',
    want: '',
    edits: [
      [o, "await sleep('1 second');", "await CancellationScope.cancellable(async () => { await sleep('1 second'); });"],
    ],
  },
  {
    name: 'order: extra local var await (safe)',
    want: '',
    edits: [[o, "    current = 'packing';", "    await Promise.resolve();\n    current = 'packing';"]],
  },
  {
    name: 'order: await removed on charge',
    want: 'R1002',
    edits: [[o, 'const paymentId = await charge(', 'const paymentId = charge(']],
  },
];
