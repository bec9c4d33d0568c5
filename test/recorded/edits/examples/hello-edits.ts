import type { SampleEdit, TextEdit } from '../samples/sample-edit.ts';

const h = 'hello.ts';
const GREET = '  const greeting = await greet(name);\n';
const SLEEP = "  await sleep('1 second');\n";
const WAIT = '  await condition(() => approver !== undefined);\n';
const RETURN = '  return `';
const HANDLER = '  setHandler(approve, (who) => {\n    approver = who;\n  });\n';
const patched: TextEdit = [h, 'condition, ', 'condition, patched, '];

export const HELLO_EDITS: readonly SampleEdit[] = [
  {
    name: 'activity renamed',
    edits: [
      [h, '{ greet } = proxyActivities<typeof activities>', '{ welcome } = proxyActivities'],
      [h, 'await greet(', 'await welcome('],
    ],
    causes: [['R1001', 'welcome(name)', 4, '`greet` was renamed to `welcome`', 'keep the recorded name `greet`']],
    healed: [
      patched,
      [h, '{ greet } = proxyActivities<typeof activities>', '{ greet, welcome } = proxyActivities'],
      [h, 'await greet(name)', "await (patched('welcome') ? welcome(name) : greet(name))"],
    ],
  },
  {
    name: 'order swapped',
    edits: [[h, GREET + SLEEP, SLEEP + GREET]],
    causes: [['R1002', 'sleep(', 4, 'timer 1s and activity `greet` changed order', "if (patched('new-order'))"]],
    healed: [
      patched,
      [
        h,
        GREET + SLEEP,
        `  let greeting = '';\n  if (patched('new-order')) {\n${SLEEP}    greeting = await greet(name);\n  } else {\n    greeting = await greet(name);\n${SLEEP}  }\n`,
      ],
    ],
  },
  {
    name: 'timer added first',
    edits: [[h, GREET, `  await sleep('10 seconds');\n${GREET}`]],
    causes: [
      ['R1003', "sleep('10", 4, 'new timer 10s before activity `greet`', "if (patched('timer-before-greet')) ..."],
    ],
    healed: [patched, [h, GREET, `  if (patched('timer-before-greet')) await sleep('10 seconds');\n${GREET}`]],
  },
  {
    name: 'timer removed',
    edits: [[h, SLEEP, '']],
    causes: [['R1004', 'return `', 4, 'timer 1s was removed', "if (!patched('without-timer')) ..."]],
    healed: [patched, [h, SLEEP, `  if (!patched('without-timer')) ${SLEEP.trim()}\n`]],
  },
  {
    name: 'activity removed',
    edits: [[h, 'await greet(name)', "'Hello!'"]],
    causes: [['R1004', "sleep('1 second')", 4, 'activity `greet` was removed', "!patched('without-greet')"]],
    healed: [patched, [h, 'await greet(name)', "!patched('without-greet') ? await greet(name) : 'Hello!'"]],
  },
  {
    name: 'argument changed',
    edits: [[h, 'greet(name)', "greet(name + '!')"]],
    causes: [['R2001w', 'greet(', 4, 'arguments of activity `greet` changed']],
  },
  {
    name: 'length of the timer changed',
    edits: [[h, "'1 second'", "'2 seconds'"]],
    causes: [['R2002w', 'sleep(', 4, 'timer of 1s is now 2s']],
  },
  { name: 'result changed', edits: [[h, 'Approved by', 'approved by']], causes: [['R2003w', 'return `', 3]] },
  {
    name: 'options changed',
    edits: [[h, "'30 seconds'", "'1 minute'"]],
    causes: [['R2004w', 'greet(', 4, 'startToCloseTimeout']],
  },
  {
    name: 'returns early',
    edits: [[h, SLEEP, `  if (name === 'Ada') return greeting;\n${SLEEP}`]],
    causes: [['R1008', 'return greeting;', 1, 'went on with timer 1s', "if (patched('early-return')) return"]],
    healed: [patched, [h, SLEEP, `  if (patched('early-return') && name === 'Ada') return greeting;\n${SLEEP}`]],
  },
  {
    name: 'a step after the end',
    edits: [[h, RETURN, `  await greet('bye');\n${RETURN}`]],
    causes: [['R1009', "greet('bye')", 3, 'new activity `greet` after the point', "if (patched('greet')) ..."]],
    healed: [patched, [h, RETURN, `  if (patched('greet')) await greet('bye');\n${RETURN}`]],
  },
  {
    name: 'throws',
    edits: [[h, SLEEP, `  (undefined as unknown as string).trim();\n${SLEEP}`]],
    causes: [['R1010', 'trim()', 4, 'threw after event 7 (ActivityTaskCompleted)']],
  },
  {
    name: 'not exported',
    edits: [['all.ts', '{ hello }', '{ hello as hi }']],
    causes: [['R1011', undefined, 4, '`hello`']],
  },
  {
    name: 'goes on as new at its end',
    edits: [
      [h, 'condition, ', 'condition, continueAsNew, '],
      [h, RETURN, `  if (name) await continueAsNew<typeof hello>(name);\n${RETURN}`],
    ],
    causes: [['R1012', 'continueAsNew<', 3, 'continue as new', "if (patched('change'))"]],
    healed: [
      [h, 'condition, ', 'condition, continueAsNew, patched, '],
      [h, RETURN, `  if (patched('change')) await continueAsNew<typeof hello>(name);\n${RETURN}`],
    ],
  },
  {
    name: 'sleeps where it waited for a signal',
    edits: [[h, WAIT, "  await sleep('1 day');\n"]],
    causes: [['R1003', "sleep('1 day')", 4, 'new timer 1d', 'gate it']],
    healed: [patched, [h, WAIT, `  if (patched('timer')) await sleep('1 day');\n  else ${WAIT.trim()}\n`]],
  },
  {
    name: 'a timeout for the wait',
    edits: [[h, 'approver !== undefined);\n  return', "approver !== undefined, '1 day');\n  return"]],
    causes: [['R1003', 'condition(', 3, 'new timer 1d before signal `approve`', "patched('timer-before-approve')"]],
    healed: [
      patched,
      [
        h,
        WAIT,
        `  if (patched('timer-before-approve')) await condition(() => approver !== undefined, '1 day');\n  else ${WAIT.trim()}\n`,
      ],
    ],
  },
  {
    name: 'signal under another name',
    edits: [[h, ">('approve')", ">('confirm')"]],
    causes: [['R1004', "'confirm'", 3, 'signal `approve` is not handled any more', "defineSignal('approve')"]],
    healed: [[h, ">('approve')", ">('approve')"]],
  },
  {
    name: 'waits for something that does not come',
    edits: [[h, 'approver !== undefined);\n  return', "approver === 'Zoe');\n  return"]],
    causes: [['R1004', 'condition(', 3, 'the code waits where workflow completed was recorded']],
  },
  {
    name: 'activity not awaited',
    edits: [[h, 'await greet(name)', 'greet(name)']],
    causes: [
      ['R1002', 'greet(name)', 4, 'before activity `greet` has come to its end', 'wait for activity `greet` first'],
    ],
    healed: [[h, 'await greet(name)', 'await greet(name)']],
  },
  {
    name: 'timer not awaited',
    edits: [[h, SLEEP, "  void sleep('1 second');\n"]],
    causes: [['R1008', 'sleep(', 1, 'returns before timer 1s has come to its end', 'wait for timer 1s first']],
    healed: [[h, SLEEP, SLEEP]],
  },
  {
    name: 'local activity',
    edits: [[h, 'proxyActivities', 'proxyLocalActivities']],
    causes: [
      ['R1001', 'greet(', 4, 'activity `greet` is now local activity `greet`', "patched('greet-as-localactivity')"],
    ],
  },
  {
    name: 'child workflow',
    edits: [
      [h, 'condition, ', 'condition, executeChild, '],
      [h, 'await greet(name)', "await executeChild('greeter', { args: [name], workflowId: 'g' })"],
    ],
    causes: [['R1001', 'executeChild(', 4, 'activity `greet` is now child workflow `greeter`', 'version the call']],
  },
  {
    name: 'the same activity once more',
    edits: [[h, GREET, `${GREET}  await greet(greeting);\n`]],
    causes: [['R1003', 'greet(greeting)', 4, 'new activity `greet` before timer 1s', "if (patched('greet')) ..."]],
    healed: [patched, [h, GREET, `${GREET}  if (patched('greet')) await greet(greeting);\n`]],
  },
  {
    name: 'handler set after the first step',
    edits: [
      [h, HANDLER, ''],
      [h, WAIT, HANDLER + WAIT],
    ],
    causes: [],
  },
];
