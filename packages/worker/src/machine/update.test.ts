import { testMachine } from './machine-rows.suite.ts';
import { updateMachine } from './update.ts';

const request = {
  id: 'u',
  name: 'add',
  args: [],
  headers: {},
  identity: 'c',
  requestMessageId: 'u/request',
  sequencingEventId: 4,
};

testMachine(updateMachine, [
  [{ kind: 'admitted', request }, { kind: 'accept' }, 'accepting', ['send protocolMessage']],
  [{ kind: 'admitted', request }, { kind: 'reject', failure: { message: 'no' } }, 'done', ['reply']],
  [{ kind: 'accepting', request }, { kind: 'updateAccepted' }, 'accepted'],
  [{ kind: 'accepting', request }, { kind: 'complete' }, 'acceptingAndCompleting', ['send protocolMessage']],
  [{ kind: 'acceptingAndCompleting' }, { kind: 'updateAccepted' }, 'completing'],
  [{ kind: 'accepted', request }, { kind: 'complete', result: { d: '1' } }, 'completing', ['send protocolMessage']],
  [{ kind: 'completing' }, { kind: 'updateCompleted' }, 'done'],
]);
