import { cancelExternalMachine } from './cancel-external.ts';
import { testMachine } from './machine-rows.suite.ts';
import { signalExternalMachine } from './signal-external.ts';

const requested = { kind: 'requested', seq: 1 } as const;
const initiated = { kind: 'initiated', seq: 1 } as const;
const done = { kind: 'done', done: true } as const;

testMachine(signalExternalMachine, [
  [requested, { kind: 'signalInitiated' }, 'initiated'],
  [
    requested,
    { kind: 'cancel' },
    'canceled',
    ['drop', 'tell resolveSignalExternal Signal was cancelled before being sent'],
  ],
  [initiated, { kind: 'signalDelivered' }, 'done', ['tell resolveSignalExternal']],
  [
    initiated,
    { kind: 'signalFailed', cause: 1 },
    'done',
    ['tell resolveSignalExternal Unable to signal external workflow because it was not found'],
  ],
  [initiated, { kind: 'cancel' }, 'initiated'],
  [{ kind: 'canceled', done: true }, { kind: 'cancel' }, 'canceled'],
  [done, { kind: 'cancel' }, 'done'],
]);

testMachine(cancelExternalMachine, [
  [requested, { kind: 'cancelInitiated' }, 'initiated'],
  [initiated, { kind: 'cancelDelivered' }, 'done', ['tell resolveCancelExternal']],
  [
    initiated,
    { kind: 'cancelFailed', cause: 1 },
    'done',
    ['tell resolveCancelExternal Unable to cancel external workflow because not found'],
  ],
]);
