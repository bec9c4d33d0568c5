import { edit, type SampleEdit } from './sample-edit.ts';

const f = 'cart.ts';
export const CART_EDITS: readonly SampleEdit[] = [
  edit(
    'reserve before price',
    [
      [
        f,
        '      const cents = await price(sku);\n      await reserve(sku, count);',
        '      await reserve(sku, count);\n      const cents = await price(sku);',
      ],
    ],
    ['R1002', 'reserve(', 3],
  ),
  edit(
    'reserve dropped from the handler',
    [[f, '      await reserve(sku, count);\n', '']],
    ['R1004', undefined, 3, '`reserve` was removed'],
  ),
  edit(
    'update under another name',
    [[f, "('addLine')", "('add')"]],
    ['R1004', undefined, 3, 'update `addLine` was accepted'],
  ),
  edit(
    'update handler set after the first wait',
    [[f, '  setHandler(\n    addLine,', "  await condition(() => false, '1 minute');\n  setHandler(\n    addLine,"]],
    ['R1003', 'condition(', 4],
  ),
  edit('validator that is stricter', [[f, 'if (count < 1)', 'if (count < 100)']]),
  edit('validator that throws at what was accepted, by a bug', [
    [f, "if (count < 1) throw new Error('no count');", "if ((lines as any).first.length < 1) throw new Error('x');"],
  ]),
  edit(
    'one reminder',
    [[f, 'times <= 2', 'times <= 1']],
    ['R1004', "condition(() => isOrdered, '1 day')", 2],
    ['R2002w', "condition(() => isOrdered, '1 day')", 1],
  ),
  edit(
    'three reminders',
    [[f, 'times <= 2', 'times <= 3']],
    ['R1003', "condition(() => isOrdered, '1 hour')", 1],
    ['R2002w', "condition(() => isOrdered, '1 hour')", 1],
  ),
  edit('reminded after two hours', [[f, "'1 hour'", "'2 hours'"]], ['R2002w', 'condition(', 4]),
  edit('length of the last wait', [[f, "'1 day'", "'2 days'"]], ['R2002w', 'condition(', 2]),
  edit(
    'memo dropped',
    [[f, '  upsertMemo({ lines: lines.length });\n', '']],
    ['R1004', 'order(', 2, 'upsert of the memo was removed'],
  ),
  edit(
    'memo with another value',
    [[f, '{ lines: lines.length }', '{ lines: lines.length + 1 }']],
    ['R2001w', 'upsertMemo(', 2, 'memo'],
  ),
  edit(
    'memo with another key',
    [[f, '{ lines: lines.length }', '{ count: lines.length }']],
    ['R2001w', 'upsertMemo(', 2, 'memo'],
  ),
  edit(
    'memo after the order',
    [
      [
        f,
        '  upsertMemo({ lines: lines.length });\n  return await order(id, lines.length, sum());',
        '  const done = await order(id, lines.length, sum());\n  upsertMemo({ lines: lines.length });\n  return done;',
      ],
    ],
    ['R1002', 'order(', 2],
  ),
  edit(
    'forgotten carts complete',
    [
      [
        f,
        "    throw ApplicationFailure.create({ message: 'forgotten', type: 'Forgotten', nonRetryable: true });",
        "    return 'forgotten';",
      ],
      [f, '  ApplicationFailure,\n', ''],
    ],
    ['R1012', "return 'forgotten'", 1],
  ),
  edit('failure can be retried', [[f, 'nonRetryable: true', 'nonRetryable: false']], ['R2003w', undefined, 1]),
  edit(
    'signal under another name',
    [[f, "defineSignal('checkout')", "defineSignal('buy')"]],
    ['R1004', undefined, 2, 'signal `checkout`'],
  ),
  edit(
    'coupon handler gone, total changes',
    [
      [f, '  setHandler(coupon, (value) => {\n    percent = value;\n  });\n', ''],
      [f, 'let percent', 'const percent'],
    ],
    ['R2003w', undefined, 1],
    ['R2001w', 'order(', 1],
  ),
  edit(
    'coupon handler tells somebody',
    [[f, '    percent = value;', '    percent = value;\n    void remind(id, 0);']],
    ['R1003', 'remind(id, 0)', 1],
  ),
  edit('checkout waits for nobody', [[f, '  await condition(allHandlersFinished);\n', '']]),
  edit('update throws where it answered', [
    [
      f,
      '      lines.push({ sku, cents: cents * count });',
      "      if (cents > 300) throw ApplicationFailure.nonRetryable('dear');\n      lines.push({ sku, cents: cents * count });",
    ],
  ]),
  edit(
    'update answers with something else',
    [[f, '      return sum();', '      return lines.length;']],
    ['R2003w', undefined, 3, 'update'],
  ),
  edit(
    'a type error in the handler',
    [[f, '      const cents = await price(sku);', '      const cents = (await price(sku)).amount.cents;']],
    ['R1010', 'cents', 3],
  ),
  edit(
    'handler waits for the checkout',
    [
      [
        f,
        '      const cents = await price(sku);',
        '      await condition(() => isOrdered);\n      const cents = await price(sku);',
      ],
    ],
    ['R1004', undefined, 3],
  ),
  edit(
    'a timer in the handler',
    [
      [f, '      await reserve(sku, count);', "      await sleep('1 second');\n      await reserve(sku, count);"],
      [f, '  setHandler,\n', '  setHandler,\n  sleep,\n'],
    ],
    ['R1003', "sleep('1 second')", 3],
  ),
  edit(
    'orders at once',
    [[f, '  for (let times', "  if (id === 'quick') return await order(id, 0, 0);\n  for (let times"]],
    ['R1004', 'order(id, 0, 0)', 1, 'timer 1h'],
  ),
  edit('default signal handler takes the name', [
    [
      f,
      '  setHandler(checkout, () => {\n    isOrdered = true;\n  });',
      "  setDefaultSignalHandler((name) => {\n    if (name === 'checkout') isOrdered = true;\n  });",
    ],
    [f, '  setHandler,\n', '  setDefaultSignalHandler,\n  setHandler,\n'],
  ]),
];
