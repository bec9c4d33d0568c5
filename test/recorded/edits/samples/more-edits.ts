import { edit, type SampleEdit } from './sample-edit.ts';

const i = 'booking/book-trip.ts',
  a = 'approval.ts',
  f = 'cart.ts',
  p = 'poller.ts',
  b = 'billing.ts',
  room = 'booking/steps/room.ts',
  d = 'desk.ts',
  pi = 'pipeline.ts',
  s = 'booking/saga.ts';
export const MORE_EDITS: readonly SampleEdit[] = [
  edit(
    'signal handler calls an activity that the workflow calls too',
    [
      [
        a,
        '    decision.resolve({ by, isGranted });',
        "    void record(what, 'decided');\n    decision.resolve({ by, isGranted });",
      ],
    ],
    ['R1003', "record(what, 'decided')", 2, 'new activity `record`'],
  ),
  edit(
    'signal handler asks again',
    [[a, '    isUrgent = true;', '    isUrgent = true;\n    void ask("boss", what);']],
    ['R1003', 'ask("boss"', 1, 'new activity `ask`'],
  ),
  edit(
    'coupon handler prices again',
    [[f, '    percent = value;', "    percent = value;\n    void price('x');"]],
    ['R1003', "price('x')", 1, 'new activity `price`'],
  ),
  edit(
    'activity replaced by a timer',
    [
      [
        i,
        '    const payment = await travel.pay(trip.id, trip.cents * trip.nights);\n    booked.push(payment.id);',
        "    await sleep('1 minute');\n    booked.push('free');",
      ],
    ],
    ['R1004', "sleep('1 minute')", 3, '`pay`'],
  ),
  edit(
    'activity replaced by a timer, in a loop',
    [
      [
        p,
        '    const { state, progress: now } = await check(watch.job, round);',
        "    await sleep('5 seconds');\n    const { state, progress: now } = { state: 'running' as string, progress: 0 };",
      ],
    ],
    ['R1004', "sleep('5 seconds')", 6, '`check`'],
  ),
  edit(
    'timer replaced by an activity',
    [[i, "    await sleep('10 minutes');", "    await travel.mail(trip.id, 'wait');"]],
    ['R1004', 'mail(', 5, 'timer 10m'],
  ),
  edit(
    'activity replaced by a child',
    [
      [
        p,
        '      await publish(watch.job, now);\n      return now;',
        "      await executeChild('publisher', { workflowId: `p-${watch.job}`, args: [now] });\n      return now;",
      ],
      [p, 'continueAsNew, define', 'continueAsNew, executeChild, define'],
    ],
    ['R1001', 'executeChild(', 3, 'child'],
  ),
  edit(
    'patch moved behind a step that may fail',
    [
      [
        b,
        "    const bill = await invoice(customer, units, uuid4());\n    if (patched('dunning-levels')) {\n      for (let level = 1; level <= 3 && !(await collect(bill)); level++) {",
        "    const bill = await invoice(customer, units, uuid4());\n    const first = await collect(bill);\n    if (patched('dunning-levels')) {\n      for (let level = 1; level <= 3 && !(level === 1 ? first : await collect(bill)); level++) {",
      ],
    ],
    ['R1002', 'collect(bill)', 3, 'changed order'],
    ['R1003', 'collect(bill)', 2],
  ),
  edit(
    'patch removed together with the step before it',
    [
      [b, "  if (patched('closing-mail')) {\n    await dun('closing', 0);\n  }\n", ''],
      [b, "    await sleep('30 days');\n", ''],
    ],
    ['R1005', undefined, 3],
    ['R1004', undefined, 4],
  ),
  edit(
    'one of two in parallel replaced',
    [
      [
        a,
        'askees.map((who) => ask(who, what))',
        "askees.map((who) => (who === 'bob' ? escalate(what) : ask(who, what)))",
      ],
    ],
    ['R1004', 'escalate(what)', 3, '`ask` was removed'],
  ),
  edit(
    'room booked twice',
    [
      [
        room,
        '() => travel.holdRoom(trip, nights),',
        'async () => {\n      await travel.holdRoom(trip, nights);\n      return await travel.holdRoom(trip, nights);\n    },',
      ],
    ],
    ['R1003', 'holdRoom(', 5, 'new activity `holdRoom`'],
  ),
  edit(
    'mail with another text on success',
    [[i, '`booked ${booked.length}`', '`you booked ${booked.length}`']],
    ['R2001w', 'mail(', 2],
  ),
  edit(
    'race lost to a shorter timer',
    [
      [
        a,
        "const first = await Promise.race([decision, sleep('1 day')]);",
        "const first = await Promise.race([decision, sleep('1 day'), sleep('1 hour')]);",
      ],
    ],
    ['R1003', "sleep('1 hour')", 6],
  ),
  edit(
    'bid below the quote sells',
    [[d, 'if (next >= least) sold = next;', 'if (next > 0) sold = next;']],
    ['R1004', undefined, 1, 'timer 1s'],
  ),
  edit('page limit', [[pi, '      page = next;', '      page = page > 0 ? null : next;']], ['R1004', undefined, 3]),
  edit(
    'condition on a result turned',
    [[p, 'if (now > last) {', 'if (now <= last) {']],
    ['R1003', 'publish(', 5],
    ['R1004', undefined, 1],
  ),
  edit(
    'saga undoes what failed as well',
    [
      [
        s,
        '    const result = await step();\n    this.#undos.unshift(() => undo(result));',
        "    this.#undos.unshift(() => undo('x' as T));\n    const result = await step();",
      ],
    ],
    ['R1003', 'releaseRoom(', 1],
    ['R2001w', 'releaseRoom(', 2],
    ['R2001w', 'undo(', 2, 'releaseSeat'],
    ['R2001w', 'undo(', 1, 'returnCar'],
  ),
  edit(
    'typo in the name of an activity',
    [[i, 'travel.pay(', '(travel as any).pya(']],
    ['R1001', 'pya(', 3, '`pay` was renamed to `pya`'],
  ),
  edit(
    'argument of the workflow read under another name',
    [[i, 'trip.withCar', '(trip as any).hasCar']],
    ['R1004', undefined, 3, '`rentCar`'],
  ),
  edit(
    'awaits a signal that old runs never get',
    [
      [i, "    await sleep('10 minutes');", "    await condition(() => confirmed);\n    await sleep('10 minutes');"],
      [
        i,
        '  const saga',
        "  let confirmed = false;\n  setHandler(defineSignal('confirm'), () => {\n    confirmed = true;\n  });\n  const saga",
      ],
      [i, '{ log, sleep }', '{ condition, defineSignal, log, setHandler, sleep }'],
    ],
    ['R1004', 'condition(', 5, 'waits where timer 10m'],
  ),
];
