import { testMachine } from './machine-rows.suite.ts';
import { closeMachines, patchMachine, propertiesMachine, upsertMachine } from './one-shot.ts';

const requested = { kind: 'requested' } as const;

testMachine(patchMachine, [[requested, { kind: 'markerRecorded' }, 'done']]);
testMachine(upsertMachine, [[requested, { kind: 'searchAttributesUpserted' }, 'done']]);
testMachine(propertiesMachine, [[requested, { kind: 'propertiesModified' }, 'done']]);
testMachine(closeMachines.completeWorkflow, [[requested, { kind: 'workflowCompleted' }, 'done']]);
testMachine(closeMachines.failWorkflow, [[requested, { kind: 'workflowFailed' }, 'done']]);
testMachine(closeMachines.cancelWorkflow, [[requested, { kind: 'workflowCanceled' }, 'done']]);
testMachine(closeMachines.continueAsNew, [[requested, { kind: 'workflowContinuedAsNew' }, 'done']]);
