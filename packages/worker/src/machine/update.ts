/**
 * An update.
 *
 *   admitted --accept--> accepting --updateAccepted--> accepted --complete--> completing --updateCompleted--> done
 *      |                     |                                                   ^
 *    reject --> done       complete --> acceptingAndCompleting --updateAccepted--+
 */
import { defineMachine, to, type WallFailure, type WallPayload } from '@reprise/common';
import type { OutgoingMessage, UpdateRequest } from './command-request.ts';
import { makeThing, type Effect, type Thing } from './thing.ts';

export type UpdateState =
  | { readonly kind: 'admitted'; readonly request: UpdateRequest }
  | { readonly kind: 'accepting'; readonly request: UpdateRequest }
  | { readonly kind: 'acceptingAndCompleting' }
  | { readonly kind: 'accepted'; readonly request: UpdateRequest }
  | { readonly kind: 'completing' }
  | { readonly kind: 'done'; readonly done: true };

export interface UpdateOutcome {
  readonly result?: WallPayload;
  readonly failure?: WallFailure;
}

export type UpdateInput =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject'; readonly failure: WallFailure }
  | ({ readonly kind: 'complete' } & UpdateOutcome)
  | { readonly kind: 'updateAccepted' }
  | { readonly kind: 'updateCompleted' };

function sendResponse(request: UpdateRequest, { result, failure }: UpdateOutcome): Effect {
  const message: OutgoingMessage = {
    id: `${request.id}/complete`,
    protocolInstanceId: request.id,
    body: {
      kind: 'response',
      updateId: request.id,
      identity: request.identity,
      ...(result === undefined ? {} : { result }),
      ...(failure === undefined ? {} : { failure }),
    },
  };
  return { kind: 'send', command: { kind: 'protocolMessage', message } };
}

export const updateMachine = defineMachine<UpdateState, UpdateInput, Effect>('update', {
  admitted: {
    accept: ({ request }) => {
      const message: OutgoingMessage = {
        id: `${request.id}/accept`,
        protocolInstanceId: request.id,
        body: { kind: 'acceptance', request },
      };
      return to({ kind: 'accepting', request }, { kind: 'send', command: { kind: 'protocolMessage', message } });
    },
    reject: ({ request }, { failure }) => {
      const message: OutgoingMessage = {
        id: `${request.id}/reject`,
        protocolInstanceId: request.id,
        body: { kind: 'rejection', request, failure },
      };
      return to({ kind: 'done', done: true }, { kind: 'reply', message });
    },
  },
  accepting: {
    updateAccepted: ({ request }) => to({ kind: 'accepted', request }),
    complete: ({ request }, outcome) => to({ kind: 'acceptingAndCompleting' }, sendResponse(request, outcome)),
  },
  acceptingAndCompleting: { updateAccepted: () => to({ kind: 'completing' }) },
  accepted: { complete: ({ request }, outcome) => to({ kind: 'completing' }, sendResponse(request, outcome)) },
  completing: { updateCompleted: () => to({ kind: 'done', done: true }) },
  done: {},
});

export function makeUpdate(request: UpdateRequest): Thing {
  return makeThing({
    kind: 'update',
    label: 'Update',
    machine: updateMachine,
    initial: { kind: 'admitted', request },
  });
}
