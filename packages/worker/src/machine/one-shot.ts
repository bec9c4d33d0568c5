/**
 * The things that nothing follows once they are recorded: patch markers, upserts, changes of the memo, the end of the run.
 *
 *   requested --(the one event that records it)--> done
 */
import { defineMachine, to, type Machine } from '@reprise/common';
import type { IntentOf } from '@reprise/workflow/runtime';
import { makeThing, type Effect, type Thing, type ThingKind } from './thing.ts';

export type OneShotState = { readonly kind: 'requested' } | { readonly kind: 'done'; readonly done: true };

function oneShot<Recorded extends string>(
  name: string,
  recorded: Recorded,
): Machine<OneShotState, { readonly kind: Recorded }, Effect> {
  const cell = () => to<OneShotState>({ kind: 'done', done: true });
  const requested = { [recorded]: cell } as { [K in Recorded]: typeof cell };
  return defineMachine<OneShotState, { readonly kind: Recorded }, Effect>(name, { requested, done: {} });
}

export const patchMachine = oneShot('patch', 'markerRecorded');
export const upsertMachine = oneShot('upsert search attributes', 'searchAttributesUpserted');
export const propertiesMachine = oneShot('modify properties', 'propertiesModified');
export const closeMachines = {
  completeWorkflow: oneShot('complete workflow', 'workflowCompleted'),
  failWorkflow: oneShot('fail workflow', 'workflowFailed'),
  cancelWorkflow: oneShot('cancel workflow', 'workflowCanceled'),
  continueAsNew: oneShot('continue as new', 'workflowContinuedAsNew'),
} as const;

const closeLabels = {
  completeWorkflow: 'Complete workflow',
  failWorkflow: 'Fail workflow',
  cancelWorkflow: 'Cancel workflow',
  continueAsNew: 'Continue as new workflow',
} as const;

const requested: OneShotState = { kind: 'requested' };

export function makePatch(): Thing {
  return makeThing({ kind: 'patch', label: 'Change', machine: patchMachine, initial: requested });
}

export function makeUpsert(kind: Extract<ThingKind, 'upsert' | 'changeVersion'>): Thing {
  return makeThing({
    kind,
    label: 'UpsertWorkflowSearchAttributesMachine',
    machine: upsertMachine,
    initial: requested,
  });
}

export function makeModifyProperties(): Thing {
  const label = 'ModifyWorkflowPropertiesMachine';
  return makeThing({ kind: 'properties', label, machine: propertiesMachine, initial: requested });
}

export type CloseIntent = IntentOf<keyof typeof closeMachines>;

export function isCloseIntent(intent: { kind: string }): intent is CloseIntent {
  return intent.kind in closeMachines;
}

export function makeClose(intent: CloseIntent): Thing {
  const label = closeLabels[intent.kind];
  switch (intent.kind) {
    case 'completeWorkflow':
      return makeThing({ kind: 'close', label, machine: closeMachines.completeWorkflow, initial: requested });
    case 'failWorkflow':
      return makeThing({ kind: 'close', label, machine: closeMachines.failWorkflow, initial: requested });
    case 'cancelWorkflow':
      return makeThing({ kind: 'close', label, machine: closeMachines.cancelWorkflow, initial: requested });
    case 'continueAsNew':
      return makeThing({ kind: 'close', label, machine: closeMachines.continueAsNew, initial: requested });
  }
}
