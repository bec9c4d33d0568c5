import type { SampleEdit, TextEdit } from '../samples/sample-edit.ts';

const s = 'subscription.ts';
const WAIT = "    if (await condition(() => isCancelled, '30 days')) return total;\n";
const CHARGE = '    await charge(customer, cents);\n';
const REMIND = '    await remind(customer);\n';
const PAUSE = "    await sleep('1 hour');\n";
const AGAIN = 'return await continueAsNew<typeof subscription>({ customer, cents, paid: total });';
const patched: TextEdit = [s, '  condition,\n', '  condition,\n  patched,\n'];

export const SUBSCRIPTION_EDITS: readonly SampleEdit[] = [
  {
    name: 'charges before it waits',
    edits: [[s, WAIT + CHARGE, CHARGE + WAIT]],
    causes: [['R1002', 'charge(', 4, 'activity `charge` and timer 30d changed order', "if (patched('new-order'))"]],
    healed: [
      patched,
      [s, WAIT + CHARGE, `    if (patched('new-order')) {\n${CHARGE}${WAIT}    } else {\n${WAIT}${CHARGE}    }\n`],
    ],
  },
  {
    name: 'sleeps where a signal ended the wait',
    edits: [[s, WAIT, "    await sleep('30 days');\n    if (isCancelled) return total;\n"]],
    causes: [['R1004', 'sleep(', 2, 'cancelled when signal `cancel` came', 'let signal `cancel` end the wait']],
  },
  {
    name: 'fewer rounds',
    edits: [[s, 'month < 12', 'month < 10']],
    causes: [['R1008', 'continueAsNew<', 1, 'went on with timer 30d']],
    healed: [patched, [s, 'month < 12', "month < (patched('early-return') ? 10 : 12)"]],
  },
  {
    name: 'more rounds',
    edits: [[s, 'month < 12', 'month < 14']],
    causes: [['R1009', 'condition(', 1, 'new timer 30d after the point']],
    healed: [patched, [s, 'month < 12', "month < 12 || (month < 14 && patched('timer'))"]],
  },
  {
    name: 'a step more in each round',
    edits: [[s, CHARGE, REMIND + CHARGE]],
    causes: [['R1003', 'remind(', 3, 'new activity `remind` before activity `charge`', "if (patched('remind')) ..."]],
    healed: [patched, [s, CHARGE, `    if (patched('remind')) ${REMIND.trim()}\n${CHARGE}`]],
  },
  {
    name: 'the same step once more in each round',
    edits: [[s, CHARGE, `${CHARGE}    await charge(customer, 1);\n`]],
    causes: [
      ['R1003', 'charge(customer, 1)', 3, 'new activity `charge` before timer 30d', "if (patched('charge')) ..."],
    ],
    healed: [patched, [s, CHARGE, `${CHARGE}    if (patched('charge')) await charge(customer, 1);\n`]],
  },
  {
    name: 'a step less in each round',
    edits: [[s, CHARGE, '']],
    causes: [['R1004', 'condition(', 3, 'activity `charge` was removed', "if (!patched('without-charge')) ..."]],
    healed: [patched, [s, CHARGE, `    if (!patched('without-charge')) ${CHARGE.trim()}\n`]],
  },
  {
    name: 'activity renamed',
    edits: [
      [s, '{ charge, remind } = proxyActivities<Billing>', '{ bill, remind } = proxyActivities'],
      [s, 'await charge(', 'await bill('],
    ],
    causes: [['R1001', 'bill(', 3, '`charge` was renamed to `bill`']],
    healed: [
      patched,
      [s, '{ charge, remind } = proxyActivities<Billing>', '{ bill, charge, remind } = proxyActivities'],
      [s, 'await charge(customer, cents)', "await (patched('bill') ? bill(customer, cents) : charge(customer, cents))"],
    ],
  },
  {
    name: 'activity not awaited in the loop',
    edits: [[s, CHARGE, '    void charge(customer, cents);\n']],
    causes: [
      ['R1002', 'charge(', 3, 'before activity `charge` has come to its end', 'wait for activity `charge` first'],
    ],
    healed: [[s, CHARGE, CHARGE]],
  },
  {
    name: 'update under another name',
    edits: [[s, "('changePrice')", "('setPrice')"]],
    causes: [
      ['R1004', "'setPrice'", 2, 'update `changePrice` was accepted', 'keep a handler for update `changePrice`'],
    ],
    healed: [[s, "('changePrice')", "('changePrice')"]],
  },
  {
    name: 'signal under another name',
    edits: [[s, "defineSignal('cancel')", "defineSignal('stop')"]],
    causes: [['R1004', "'stop'", 2, 'signal `cancel` is not handled any more', "defineSignal('cancel')"]],
  },
  {
    name: 'returns before its first step',
    edits: [[s, '  for (let month', "  if (customer === 'never') return 0;\n  for (let month"]],
    causes: [['R1008', 'return 0;', 1, 'went on with timer 30d', "if (patched('early-return')) return"]],
    healed: [
      patched,
      [s, '  for (let month', "  if (patched('early-return') && customer === 'never') return 0;\n  for (let month"],
    ],
  },
  {
    name: 'goes on as new in the middle of the loop',
    edits: [[s, '    total += cents;\n', `    total += cents;\n    if (month === 5) ${AGAIN}\n`]],
    causes: [['R1008', 'continueAsNew<', 1, 'continues as new while the recorded run went on']],
  },
  {
    name: 'returns where it went on as new',
    edits: [[s, AGAIN, 'return total;']],
    causes: [['R1012', 'return total;', 1, 'continue as new', "if (patched('change'))"]],
    healed: [patched, [s, AGAIN, `if (patched('change')) return total;\n  ${AGAIN}`]],
  },
  {
    name: 'local activities',
    edits: [[s, 'proxyActivities', 'proxyLocalActivities']],
    causes: [
      ['R1001', 'charge(', 3, 'activity `charge` is now local activity `charge`'],
      ['R1001', 'remind(', 1, 'activity `remind` is now local activity `remind`'],
    ],
  },
  {
    name: 'reminds without a pause',
    edits: [[s, PAUSE, '']],
    causes: [['R1004', 'remind(', 1, 'timer 1h was removed', "if (!patched('without-timer')) ..."]],
    healed: [patched, [s, PAUSE, `    if (!patched('without-timer')) ${PAUSE.trim()}\n`]],
  },
  {
    name: 'reminds after the pause',
    edits: [[s, REMIND + PAUSE, PAUSE + REMIND]],
    causes: [['R1002', 'sleep(', 1, 'timer 1h and activity `remind` changed order', "if (patched('new-order'))"]],
    healed: [
      patched,
      [s, REMIND + PAUSE, `    if (patched('new-order')) {\n${PAUSE}${REMIND}    } else {\n${REMIND}${PAUSE}    }\n`],
    ],
  },
  {
    name: 'leaves the first out',
    edits: [[s, 'of customers) {', 'of customers.slice(1)) {']],
    causes: [['R1004', 'remind(', 1, 'activity `remind` was removed']],
  },
  {
    name: 'the other way round',
    edits: [[s, 'of customers) {', 'of [...customers].reverse()) {']],
    causes: [['R2001w', 'remind(', 1, 'arguments of activity `remind` changed']],
  },
  {
    name: 'one more at the end',
    edits: [[s, '  return customers.length', "  await remind('boss');\n  return customers.length"]],
    causes: [['R1009', "remind('boss')", 1, 'new activity `remind` after the point', "if (patched('remind')) ..."]],
    healed: [
      patched,
      [s, '  return customers.length', "  if (patched('remind')) await remind('boss');\n  return customers.length"],
    ],
  },
];
