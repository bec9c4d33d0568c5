import { edit, type SampleEdit } from './sample-edit.ts';

const po = 'poller.ts',
  bi = 'billing.ts',
  pi = 'pipeline.ts',
  d = 'desk.ts';
/** Edits that change nothing of what is recorded. */
export const SAFE_THIRD_EDITS: readonly SampleEdit[] = [
  edit('patch asked twice', [
    [bi, "    if (patched('dunning-levels')) {", "    if (patched('dunning-levels') && patched('dunning-levels')) {"],
  ]),
  edit('another patch at the end', [
    [bi, '  return bills;', "  if (patched('more')) await dun('more', 1);\n  return bills;"],
  ]),
  edit('another patch in the middle', [
    [bi, '    bills.push(bill);', "    if (patched('middle')) await dun('middle', 1);\n    bills.push(bill);"],
  ]),
  edit('deprecated patch gone', [
    [bi, "  deprecatePatch('units-as-integers');\n", ''],
    [bi, 'deprecatePatch, ', ''],
  ]),
  edit('another deprecated patch', [
    [
      bi,
      "  deprecatePatch('units-as-integers');\n",
      "  deprecatePatch('units-as-integers');\n  deprecatePatch('others');\n",
    ],
  ]),
  edit('patch with its arms turned and negated', [
    [
      bi,
      "  if (patched('closing-mail')) {\n    await dun('closing', 0);\n  }",
      "  if (!patched('closing-mail')) return bills;\n  await dun('closing', 0);",
    ],
  ]),
  edit('steps moved behind a patch are gated', [
    [
      bi,
      '    const bill = await invoice(customer, units, uuid4());',
      "    if (patched('check-first')) await meter(customer, -1);\n    const bill = await invoice(customer, units, uuid4());",
    ],
  ]),
  edit('continue as an else', [
    [bi, '    if (units === 0) continue;\n', '    if (units === 0) {\n      continue;\n    }\n'],
  ]),
  edit('generator made an array of pages by hand', [
    [pi, '      yield rows;\n      page = next;', '      yield* [rows];\n      page = next;'],
  ]),
  edit('private method made a function', [
    [pi, '      await this.#loadInParts(good);', '      await loadInParts(good);'],
    [pi, '  async #loadInParts(rows: number): Promise<void> {', '  async unused(rows: number): Promise<void> {'],
    [
      pi,
      'class Pipeline {',
      "async function loadInParts(rows: number): Promise<void> {\n  await Promise.all([Math.floor(rows / 2), Math.ceil(rows / 2)].map((half) => acts.load(half, 'large')));\n}\n\nclass Pipeline {",
    ],
  ]),
  edit('finally unrolled', [
    [
      pi,
      "  } finally {\n    if (work.loaded > 0) {\n      await acts.load(work.loaded, 'summary');\n    }\n  }",
      "  }\n  if (work.loaded > 0) {\n    await acts.load(work.loaded, 'summary');\n  }",
    ],
  ]),
  edit('getter and setter', [
    [
      pi,
      '  loaded = 0;',
      '  #loaded = 0;\n  get loaded(): number {\n    return this.#loaded;\n  }\n  set loaded(value: number) {\n    this.#loaded = value;\n  }',
    ],
  ]),
  edit('optional chaining and defaults', [
    [
      pi,
      "error.cause instanceof ApplicationFailure ? (error.cause.type ?? '') : 'other'",
      "(error.cause as ApplicationFailure | undefined)?.type ?? 'other'",
    ],
  ]),
  edit('types only', [
    [pi, 'interface StageActivities', 'export interface StageActivities'],
    [pi, '  next: number | null;', '  next: number | null;\n  more?: string;'],
  ]),
  edit('comments and blank lines', [
    [pi, '  try {\n    for await', '  // Page after page.\n\n  try {\n\n    for await'],
  ]),
  edit('unused helper', [
    [d, '/** Sells', 'export function unused(): number {\n  return Math.random();\n}\n\n/** Sells'],
  ]),
  edit('random numbers that lead to nothing', [
    [
      d,
      '  const bids: number[] = [];',
      '  const bids: number[] = [];\n  const dice = Math.random() + Date.now();\n  void dice;',
    ],
  ]),
  edit('uuid4 that nothing uses', [
    [d, '  const bids: number[] = [];', '  const bids: number[] = [];\n  uuid4();'],
    [d, 'startChild }', 'startChild, uuid4 }'],
  ]),
  edit('operation by its object', [
    [d, "executeOperation('hold', sku)", 'executeOperation(quotes.operations.hold, sku)'],
  ]),
  edit('operation started and awaited', [
    [
      d,
      "const least = await client.executeOperation('quote', { sku });",
      "const quoting = await client.startOperation('quote', { sku });\n  const least = await quoting.result();",
    ],
  ]),
  edit('nexus client made in a function', [
    [
      d,
      "  const client = createNexusServiceClient({ service: quotes, endpoint: 'quotes' });",
      '  const client = clientOf();',
    ],
    [
      d,
      '/** Sells',
      "const clientOf = () => createNexusServiceClient({ service: quotes, endpoint: 'quotes' });\n\n/** Sells",
    ],
  ]),
  edit('signal buffer as a queue', [[d, 'bids.shift() ?? 0', 'bids.splice(0, 1)[0] ?? 0']]),
  edit('do while', [
    [d, '  while (sold === 0) {', '  do {'],
    [d, "    else await sleep('1 second');\n  }", "    else await sleep('1 second');\n  } while (sold === 0);"],
  ]),
  edit('label and break', [
    [d, '  while (sold === 0) {', '  selling: while (true) {'],
    [
      d,
      '    if (next >= least) sold = next;\n    else',
      '    if (next >= least) {\n      sold = next;\n      break selling;\n    } else',
    ],
  ]),
  edit('module state that is only read', [
    [d, '/** Sells', 'const NAMES = new Map([["a", 1]]);\n\n/** Sells'],
    [d, '  let sold = 0;', "  let sold = NAMES.get('b') ?? 0;"],
  ]),
  edit('enum and const assertions', [
    [d, '/** Sells', 'enum State {\n  open,\n  sold,\n}\n\n/** Sells'],
    [d, '  let sold = 0;', '  let state = State.open;\n  void state;\n  let sold = 0;\n  state = State.sold;'],
  ]),
  edit('JSON file imported', [
    ['pacing/data.json', '', '{ "pause": "1 second" }'],
    [d, 'import { quotes }', "import data from './pacing/data.json' with { type: 'json' };\nimport { quotes }"],
    [d, "sleep('1 second')", 'sleep(data.pause as "1 second")'],
  ]),
  edit('dynamic handler beside the others', [
    [d, '  const client =', "  setDefaultQueryHandler(() => 'anything');\n  const client ="],
    [d, 'setHandler, sleep', 'setDefaultQueryHandler, setHandler, sleep'],
  ]),
  edit('current details set', [
    [d, '  let sold = 0;', "  let sold = 0;\n  setCurrentDetails('selling');"],
    [d, 'setHandler, sleep', 'setCurrentDetails, setHandler, sleep'],
  ]),
  edit('interval as a condition that times out is another timer, as long', [
    [d, "else await sleep('1 second');", "else await condition(() => false, '1 second');"],
  ]),
  edit('using and disposables', [
    [po, '  let last = 0;', '  using _guard = { [Symbol.dispose]() {} };\n  let last = 0;'],
  ]),
  edit('structuredClone of the input', [
    [po, '  let last = 0;', '  let last = structuredClone(watch).round - watch.round;'],
  ]),
];
