import { edit, type SampleEdit } from './sample-edit.ts';

const d = 'desk.ts';
export const DESK_EDITS: readonly SampleEdit[] = [
  edit(
    'operation renamed',
    [
      [
        'desk-services.ts',
        'quote: nexus.operation<{ sku: string }, number>()',
        'price: nexus.operation<{ sku: string }, number>()',
      ],
      [d, "executeOperation('quote'", "executeOperation('price'"],
    ],
    ['R1001', 'executeOperation(', 2, 'nexus operation'],
  ),
  edit('operation input', [[d, "'quote', { sku }", "'quote', { sku: `${sku}!` }"]], ['R2001w', 'executeOperation(', 2]),
  edit(
    'operation timeout',
    [
      [
        d,
        "executeOperation('quote', { sku })",
        "executeOperation('quote', { sku }, { scheduleToCloseTimeout: '1 minute' })",
      ],
    ],
    ['R2004w', 'executeOperation(', 2],
  ),
  edit(
    'hold before waiting',
    [
      [d, "  const hold = await client.executeOperation('hold', sku);\n", ''],
      [d, '  const bids: number[] = [];', "  const bids: number[] = [];\n  let hold = '';"],
      [d, '  let sold = 0;', "  let sold = 0;\n  hold = await client.executeOperation('hold', sku);"],
    ],
    ['R1002', "executeOperation('hold'", 2],
  ),
  edit(
    'operation dropped',
    [[d, "const hold = await client.executeOperation('hold', sku);", 'const hold = sku;']],
    ['R1004', 'startChild(', 1],
  ),
  edit('endpoint', [[d, "endpoint: 'quotes'", "endpoint: 'prices'"]], ['R2004w', undefined, 2]),
  edit('longer pause between bids', [[d, "sleep('1 second')", "sleep('2 seconds')"]], ['R2002w', 'sleep(', 1]),
  edit('no pause between bids', [[d, "    else await sleep('1 second');\n", '']], ['R1004', undefined, 1]),
  edit('child by another id', [[d, '`sale-${sku}`', '`sold-${sku}`']], ['R1017', 'startChild(', 1]),
  edit('child not awaited', [[d, '  await child.result();\n', '']], ['R1008', undefined, 1]),
  edit('bids taken from the end', [[d, 'bids.shift()', 'bids.pop()']], ['R1004', undefined, 1]),
  edit('signal named otherwise', [[d, ">('bid')", ">('offer')"]], ['R1004', undefined, 1, 'signal `bid`']),
];
