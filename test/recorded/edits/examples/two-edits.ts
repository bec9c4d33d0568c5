/** Edits that have nothing to do with each other: each is told of by itself. */
import type { SampleEdit, TextEdit } from '../samples/sample-edit.ts';

const h = 'hello.ts';
const o = 'order.ts';
const s = 'subscription.ts';
const f = 'fleet.ts';
const SLEEP = "  await sleep('1 second');\n";
const welcome: readonly TextEdit[] = [
  [h, '{ greet } = proxyActivities<typeof activities>', '{ welcome } = proxyActivities'],
  [h, 'await greet(', 'await welcome('],
];

export const TWO_EDITS: readonly SampleEdit[] = [
  {
    name: 'a new timer before, another timer gone after',
    edits: [
      [h, '  const greeting', "  await sleep('10 seconds');\n  const greeting"],
      [h, SLEEP, ''],
    ],
    causes: [
      ['R1003', "sleep('10", 4, 'new timer 10s'],
      ['R1004', undefined, 4, 'timer 1s was removed'],
    ],
  },
  {
    name: 'renamed, and a timer gone',
    edits: [...welcome, [h, SLEEP, '']],
    causes: [
      ['R1001', 'welcome(', 4],
      ['R1004', 'return `', 4, 'timer 1s was removed'],
    ],
  },
  {
    name: 'renamed, and a new step at the end',
    edits: [...welcome, [h, '  return `', "  await welcome('bye');\n  return `"]],
    causes: [
      ['R1001', 'welcome(name)', 4],
      ['R1009', "welcome('bye')", 3],
    ],
  },
  {
    name: 'a workflow renamed, and another with a new timer',
    edits: [
      ['all.ts', '{ hello }', '{ hello as hi }'],
      [o, '    const paymentId', "    await sleep('5 seconds');\n    const paymentId"],
    ],
    causes: [
      ['R1011', undefined, 4],
      ['R1003', "sleep('5 seconds')", 3, 'new timer 5s before activity `charge`'],
    ],
  },
  {
    name: 'renamed, and a new timer before the next step',
    edits: [
      [o, 'charge, ship, refund', 'takeMoney, ship, refund'],
      [o, 'await charge(orderId', 'await takeMoney(orderId'],
      [o, '    const trackingId', "    await sleep('9 seconds');\n    const trackingId"],
    ],
    causes: [
      ['R1001', 'takeMoney(', 3],
      ['R1003', "sleep('9 seconds')", 3, 'new timer 9s before activity `ship`'],
    ],
  },
  {
    name: 'a new first step, and a timer gone that not all have come to',
    edits: [
      [o, 'charge, ship', 'audit, charge, ship'],
      [o, '    const reservationId', '    await audit(orderId);\n    const reservationId'],
      [o, "    await sleep('1 second');\n", ''],
    ],
    causes: [
      ['R1003', 'audit(', 5],
      ['R1004', undefined, 3, 'timer 1s was removed'],
    ],
  },
  {
    name: 'a new first step, and a new last one',
    edits: [
      [o, 'charge, ship', 'audit, notify, charge, ship'],
      [o, '    const reservationId', '    await audit(orderId);\n    const reservationId'],
      [o, '    return { orderId, approvedBy', '    await notify(orderId);\n    return { orderId, approvedBy'],
    ],
    causes: [
      ['R1003', 'audit(', 5],
      ['R1009', 'notify(', 2],
    ],
  },
  {
    name: 'renamed in a loop, and a longer pause after it',
    edits: [
      [s, '{ charge, remind } = proxyActivities<Billing>', '{ charge, nudge } = proxyActivities'],
      [s, 'await remind(', 'await nudge('],
      [s, "sleep('1 hour')", "sleep('2 hours')"],
    ],
    causes: [['R1001', 'nudge(', 1]],
  },
  {
    name: 'another child id, and a step gone after it',
    edits: [
      [f, '/leg-1`', '/leg-one`'],
      [f, "      await notify('done');\n", ''],
    ],
    causes: [
      ['R1017', 'executeChild(', 3],
      ['R1004', undefined, 3, 'activity `notify` was removed'],
    ],
  },
  {
    name: 'a signal renamed in one workflow, an activity in another',
    edits: [[s, "defineSignal('cancel')", "defineSignal('stop')"], ...welcome],
    causes: [
      ['R1004', "'stop'", 2],
      ['R1001', 'welcome(', 4],
    ],
  },
  {
    name: 'another argument, and a new step after it',
    edits: [
      [h, 'greet(name)', "greet(name + '!')"],
      [h, SLEEP, `${SLEEP}  await sleep('2 seconds');\n`],
    ],
    causes: [
      ['R1003', "sleep('2 seconds')", 4],
      ['R2001w', 'greet(', 4],
    ],
  },
];
