import { edit, type SampleEdit } from './sample-edit.ts';

const b = 'billing.ts';
export const BILLING_EDITS: readonly SampleEdit[] = [
  edit(
    'meters twice',
    [[b, '    if (units === 0) continue;', '    if (units === 0) continue;\n    await meter(customer, -month);']],
    ['R1003', 'meter(customer, -month)', 5],
  ),
  edit(
    'key drawn twice',
    [[b, 'invoice(customer, units, uuid4())', 'invoice(customer, units, uuid4() && uuid4())']],
    ['R2001w', 'invoice(', 5],
  ),
  edit(
    'patch id',
    [[b, "'dunning-levels'", "'dunning'"]],
    ['R1006', "'dunning'", 3, "patch 'dunning-levels' is now called 'dunning'"],
  ),
  edit(
    'patch moved before the loop',
    [
      [b, '  for (let month', "  const levels = patched('dunning-levels');\n  for (let month"],
      [b, "if (patched('dunning-levels'))", 'if (levels)'],
    ],
    ['R1005', "patched('dunning-levels')", 3],
  ),
  edit('levels up to two', [[b, 'level <= 3', 'level <= 2']], ['R1004', undefined, 2]),
  edit('levels last longer', [[b, '`${level} days`', '`${level + 1} days`']], ['R2002w', 'sleep(', 2]),
  edit(
    'closing gone with its patch',
    [[b, "  if (patched('closing-mail')) {\n    await dun('closing', 0);\n  }\n", '']],
    ['R1005', undefined, 3, "patched('closing-mail')"],
  ),
  edit(
    'closing without its patch',
    [[b, "  if (patched('closing-mail')) {\n    await dun('closing', 0);\n  }\n", "  await dun('closing', 0);\n"]],
    ['R1005', undefined, 3],
    ['R1009', "dun('closing', 0)", 3],
  ),
  edit('deprecated patch made a patch again', [
    [b, "  deprecatePatch('units-as-integers');", "  if (!patched('units-as-integers')) await meter(customer, 0);"],
  ]),
  edit('old deprecated patch gone', [
    [b, "  deprecatePatch('units-as-integers');\n", ''],
    [b, 'deprecatePatch, ', ''],
  ]),
  edit('skips nothing', [[b, '    if (units === 0) continue;\n', '']], ['R1003', 'invoice(', 2]),
  edit('ten days between bills', [[b, "'30 days'", "'10 days'"]], ['R2002w', 'sleep(', 4]),
  edit(
    'waits after the last bill no more',
    [[b, "    await sleep('30 days');", "    if (month < months) await sleep('30 days');"]],
    ['R1004', undefined, 4, 'timer 30d'],
  ),
  edit(
    'a failing step before the patch',
    [
      [
        b,
        "    if (patched('dunning-levels')) {",
        "    await meter(customer, month);\n    if (patched('dunning-levels')) {",
      ],
    ],
    ['R1003', 'meter(customer, month)', 5],
  ),
];
