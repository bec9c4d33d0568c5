import type { ExplainPage } from './page.ts';

const STUCK =
  'A worker with this code cannot continue an execution that has this history: its workflow task fails and is tried again until code that fits is deployed.';

/** R1xxx: code and history disagree. */
export const DIVERGENCE_PAGES: readonly ExplainPage[] = [
  {
    code: 'R1000',
    title: 'Code and history disagree',
    meaning: `The code asks for something else than was recorded, and none of the usual changes explains the rest of the history. ${STUCK}`,
    causes: ['several changes at once', 'code whose way depends on something that history does not keep'],
    remedies: ['look at the two sides where they part', 'replay with the code of an earlier commit to find the change'],
  },
  {
    code: 'R1001',
    title: 'An activity, signal or operation was renamed',
    meaning: `History has the step under another name. ${STUCK}`,
    causes: [
      'a function was renamed',
      'a method of the object given to proxyActivities was renamed',
      'a call became one of another kind: an activity a local activity, a child workflow an activity',
    ],
    remedies: [
      'keep the recorded name in the workflow, and register the activity under both names',
      'if it is another activity now, choose by patched()',
    ],
    example: "const receipt = patched('charge-card') ? await chargeCard(input) : await charge(input);",
  },
  {
    code: 'R1002',
    title: 'Steps changed order',
    meaning: `All recorded steps are still there, in another order. ${STUCK}`,
    causes: [
      'statements were swapped',
      'a sequence became Promise.all, or the other way round',
      'something is awaited earlier or later',
    ],
    remedies: ['keep the old order for old executions'],
    example:
      "if (patched('ship-first')) {\n  await ship(order);\n  await charge(order);\n} else {\n  await charge(order);\n  await ship(order);\n}",
  },
  {
    code: 'R1003',
    title: 'The code has a step that was not recorded',
    meaning: `The code asks for something before the next recorded step. ${STUCK}`,
    causes: [
      'a new activity, timer, child workflow or signal',
      'a condition that lets old executions take a new branch',
      'a timer or an activity that is cancelled in the task that asks for it: it takes a number, so that those after it have others',
    ],
    remedies: ['let new executions alone take the step'],
    example: "if (patched('cool-down')) await sleep('1 minute');",
  },
  {
    code: 'R1004',
    title: 'A recorded step is gone',
    meaning: `History has a step that the code does not ask for any more. ${STUCK}`,
    causes: [
      'a step was removed',
      'a condition keeps old executions from it',
      'a signal or an update has no handler under its recorded name, so that the code waits for ever',
    ],
    remedies: [
      'keep the step for executions that have recorded it',
      'keep handlers under the names that histories have, set before the workflow first waits',
    ],
    example: "if (!patched('without-audit')) await audit(order);",
  },
  {
    code: 'R1005',
    title: 'A patch was removed too early',
    meaning: `History carries the marker of a patch that the code does not mention. ${STUCK}`,
    causes: ['patched(id) was removed while executions with its marker are open or kept'],
    remedies: ['put deprecatePatch(id) in its place first', 'remove that when no execution with the marker is left'],
    example: "deprecatePatch('fraud-check');",
  },
  {
    code: 'R1006',
    title: 'A patch has another id',
    meaning: `History carries the marker of a patch; the code asks for a patch of another id in its place. ${STUCK}`,
    causes: ['the id of a patch was edited'],
    remedies: ['give the patch its recorded id again: an id is data, not a name'],
  },
  {
    code: 'R1007',
    title: 'A child workflow has another type',
    meaning: `History started a child of another workflow type at this place. ${STUCK}`,
    causes: ['the child workflow was renamed or replaced'],
    remedies: ['choose the type by patched(), and keep exporting the old one until its executions are closed'],
    example: "await executeChild(patched('ship-v2') ? shipOrderV2 : shipOrder, { args: [order] });",
  },
  {
    code: 'R1008',
    title: 'The workflow ends while the recorded run went on',
    meaning: `The code returns, fails or continues as new where history has further steps. ${STUCK}`,
    causes: [
      'a new early return',
      'a condition on input that old executions do not have',
      'an ApplicationFailure that is thrown now',
    ],
    remedies: ['give missing input the value that keeps the old way', 'gate the early end with patched()'],
  },
  {
    code: 'R1009',
    title: 'The code goes on after the recorded run closed',
    meaning:
      'The code asks for something where history ends. Executions that are closed cannot be queried or reset with this code; executions that run and have not come this far are safe.',
    causes: ['a step was added at the end of the workflow'],
    remedies: ['gate the step with patched()', 'leave closed executions out with --scope open'],
  },
  {
    code: 'R1010',
    title: 'Workflow code threw, or did not end',
    meaning:
      'The code throws an error that is no failure, so the workflow task fails and is tried again for ever. The execution is stuck, not failed. Or the code throws and catches, and what it does then is not what was recorded: the report names the error, and the step that answers it.',
    causes: ['a value in history that the code of today does not expect', 'an endless loop', 'a mistake'],
    remedies: ['handle the value', 'throw an ApplicationFailure where the execution is meant to fail'],
  },
  {
    code: 'R1011',
    title: 'No workflow of this type is exported',
    meaning: 'The module that exports the workflows has none of the name that history asks for.',
    causes: ['the workflow was renamed or removed', 'another file was meant'],
    remedies: ['export it under the old name until its executions are closed'],
    example: "export { orderV2 as order } from './order.ts';",
  },
  {
    code: 'R1012',
    title: 'The run ends in another way',
    meaning:
      'Both sides close the run, but in different ways: a result, a failure, a cancellation, or continue-as-new.',
    causes: ['a condition of continueAsNew changed', 'an error is thrown or caught that was not before'],
    remedies: ['gate the new ending with patched()'],
  },
  {
    code: 'R1017',
    title: 'A child workflow, or an activity, has another id',
    meaning: `History started the child under another workflow id, or the activity under another activityId. ${STUCK}`,
    causes: [
      'the way in which the id is made changed',
      'an id from outside of history: a clock, a counter that is shared',
    ],
    remedies: ['make ids of arguments, workflowInfo() or uuid4()', 'gate the new form with patched()'],
  },
];
