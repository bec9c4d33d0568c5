import { edit, type SampleEdit } from './sample-edit.ts';

const po = 'poller.ts',
  f = 'cart.ts',
  r = 'report.ts',
  a = 'approval.ts',
  bi = 'billing.ts';
/** Edits that change nothing of what is recorded. */
export const SAFE_SECOND_EDITS: readonly SampleEdit[] = [
  edit('failure made with create', [
    [
      po,
      "ApplicationFailure.nonRetryable(`job ${watch.job} is lost`, 'JobLost')",
      "ApplicationFailure.create({ message: `job ${watch.job} is lost`, type: 'JobLost', nonRetryable: true })",
    ],
  ]),
  edit('failure made with new', [
    [
      po,
      "ApplicationFailure.nonRetryable(`job ${watch.job} is lost`, 'JobLost')",
      "new ApplicationFailure(`job ${watch.job} is lost`, 'JobLost', true)",
    ],
  ]),
  edit('fields of the input that are new and have a default', [
    [po, '  let last = 0;', '  const { floor = 0 } = watch as { floor?: number };\n  let last = floor;'],
  ]),
  edit('validator made a method', [[f, '      validator: (sku, count) => {', '      validator(sku, count) {']]),
  edit('validator stricter for what is not recorded', [
    [f, "if (sku === '') throw", "if (sku === '' || sku.length > 100) throw"],
  ]),
  edit('update with a description', [
    [f, '    {\n      validator:', "    {\n      description: 'adds a line',\n      validator:"],
  ]),
  edit('handlers set in another order', [
    [f, '  setHandler(coupon, (value) => {\n    percent = value;\n  });\n', ''],
    [
      f,
      '  setHandler(total, sum);',
      '  setHandler(total, sum);\n  setHandler(coupon, (value) => {\n    percent = value;\n  });',
    ],
  ]),
  edit('handler as a named function', [
    [
      f,
      '  setHandler(checkout, () => {\n    isOrdered = true;\n  });',
      '  function onCheckout(): void {\n    isOrdered = true;\n  }\n  setHandler(checkout, onCheckout);',
    ],
  ]),
  edit('async handler of a signal without steps', [
    [f, '  setHandler(checkout, () => {', '  setHandler(checkout, async () => {\n    await Promise.resolve();'],
  ]),
  edit('condition as a named function', [
    [f, "await condition(() => isOrdered, '1 hour')", "await condition(isDone, '1 hour')"],
    [f, '  for (let times', '  const isDone = (): boolean => isOrdered;\n  for (let times'],
  ]),
  edit('condition by sleep and race is the same timer', [
    [
      f,
      "if (await condition(() => isOrdered, '1 hour')) break;",
      'if (await condition(() => isOrdered, 3_600_000)) break;',
    ],
  ]),
  edit('state kept in an object', [
    [f, '  let isOrdered = false;', '  const state = { isOrdered: false };'],
    [f, '    isOrdered = true;', '    state.isOrdered = true;'],
    [f, '!isOrdered', '!state.isOrdered'],
    [f, '=> isOrdered', '=> state.isOrdered'],
  ]),
  edit('memo keys in a constant', [
    [f, '  upsertMemo({ lines: lines.length });', '  const memo = { lines: lines.length };\n  upsertMemo(memo);'],
  ]),
  edit('allHandlersFinished dropped where nothing is under way', [
    [f, '  await condition(allHandlersFinished);\n', ''],
  ]),
  edit('condition that holds already', [
    [
      f,
      '  await condition(allHandlersFinished);',
      '  await condition(allHandlersFinished);\n  await condition(() => true);',
    ],
  ]),
  edit('batches by another generator', [
    [
      r,
      'for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);',
      'let rest = items;\n  while (rest.length > 0) {\n    yield rest.slice(0, size);\n    rest = rest.slice(size);\n  }',
    ],
  ]),
  edit('executeChild as startChild and result', [
    [r, 'executeChild(section, {', 'runChild({'],
    [
      r,
      'function* inBatches',
      'async function runChild(options: { workflowId: string; args: [string]; parentClosePolicy: ParentClosePolicy }): Promise<string> {\n  const handle = await startChild(section, options);\n  return await handle.result();\n}\n\nfunction* inBatches',
    ],
    [r, '  executeChild,\n', ''],
    [r, '  proxyLocalActivities,\n', '  proxyLocalActivities,\n  startChild,\n'],
  ]),
  edit('child by its name', [[r, 'executeChild(section, {', "executeChild<typeof section>('section', {"]]),
  edit('allSettled instead of all', [
    [r, 'const done = await Promise.all(', 'const settled = await Promise.allSettled('],
    [
      r,
      'parts.push(...done);',
      "parts.push(...settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));",
    ],
  ]),
  edit('workflow id read once', [
    [
      r,
      '  const started = await stamp();',
      '  const { workflowId } = workflowInfo();\n  const started = await stamp();',
    ],
    [r, '${workflowInfo().workflowId}/${name}', '${workflowId}/${name}'],
  ]),
  edit('local activity options', [[r, "startToCloseTimeout: '2 seconds'", "startToCloseTimeout: '3 seconds'"]]),
  edit('arguments that are undefined at the end', [
    [
      r,
      'await upload(`${name}-${sum}`)',
      'await (upload as (name: string, more?: string) => Promise<string>)(`${name}-${sum}`, undefined)',
    ],
  ]),
  edit('typed search attributes', [
    [
      r,
      'upsertSearchAttributes({ CustomKeywordField: [`parts-${parts.length}`] });',
      "upsertSearchAttributes([{ key: defineSearchAttributeKey('CustomKeywordField', 'KEYWORD'), value: `parts-${parts.length}` }]);",
    ],
    [r, '  executeChild,\n', '  defineSearchAttributeKey,\n  executeChild,\n'],
  ]),
  edit('signal by definition', [
    [r, ".signal('reported', sum)", '.signal(reported, sum)'],
    [r, '/** One part', "const reported = defineSignal<[sum: string]>('reported');\n\n/** One part"],
    [r, '  executeChild,\n', '  defineSignal,\n  executeChild,\n'],
  ]),
  edit('promises collected first', [
    [
      a,
      'await Promise.all(askees.map((who) => ask(who, what)));',
      'const asked: Promise<void>[] = [];\n    for (const who of askees) asked.push(ask(who, what));\n    await Promise.all(asked);',
    ],
  ]),
  edit('race with named promises', [
    [
      a,
      "const first = await Promise.race([decision, sleep('1 day')]);",
      "const day = sleep('1 day');\n    const first = await Promise.race([decision, day]);",
    ],
  ]),
  edit('scope made by its constructor', [
    [
      a,
      'await CancellationScope.nonCancellable(async () => {',
      'await new CancellationScope({ cancellable: false }).run(async () => {',
    ],
  ]),
  edit('scope around everything', [
    [
      a,
      '    await Promise.all(askees.map((who) => ask(who, what)));',
      '    await CancellationScope.cancellable(async () => {\n      await Promise.all(askees.map((who) => ask(who, what)));\n    });',
    ],
  ]),
  edit('trigger as a promise', [
    [
      a,
      'const decision = new Trigger<{ by: string; isGranted: boolean }>();',
      'let resolveDecision: (value: { by: string; isGranted: boolean }) => void = () => undefined;\n  const decision = new Promise<{ by: string; isGranted: boolean }>((resolve) => (resolveDecision = resolve));',
    ],
    [a, 'decision.resolve({ by, isGranted });', 'resolveDecision({ by, isGranted });'],
    [a, '  Trigger,\n', ''],
  ]),
  edit('cancellation type of activities that are done', [
    [a, 'ActivityCancellationType.TRY_CANCEL', 'ActivityCancellationType.WAIT_CANCELLATION_COMPLETED'],
  ]),
  edit('early else', [
    [
      a,
      "    if (!answer.isGranted) {\n      await record(what, 'refused');\n      return `refused by ${answer.by}`;\n    }\n    return await grant(what, answer.by);",
      "    if (answer.isGranted) return await grant(what, answer.by);\n    await record(what, 'refused');\n    return `refused by ${answer.by}`;",
    ],
  ]),
  edit('conditional expression', [
    [a, '    if (!first) {\n      await escalate(what);\n    }', '    await (first ? undefined : escalate(what));'],
  ]),
  edit('patch asked once and kept', [
    [bi, "    if (patched('dunning-levels')) {", "    const isNew = patched('dunning-levels');\n    if (isNew) {"],
  ]),
];
