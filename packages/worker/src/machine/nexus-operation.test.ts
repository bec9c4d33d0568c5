import type { NexusCancellation } from '@reprise/workflow/runtime';
import { testMachine, type Row } from './machine-rows.suite.ts';
import { nexusMachine, type NexusInput, type NexusState } from './nexus-operation.ts';

const facts = (cancellation: NexusCancellation) => ({
  seq: 4,
  endpoint: 'e',
  service: 's',
  operation: 'o',
  cancellation,
});
const wait = 'WAIT_CANCELLATION_COMPLETED';
const requested: NexusState = { kind: 'requested', facts: facts(wait) };
const scheduled = (cancellation: NexusCancellation): NexusState => ({
  kind: 'scheduled',
  facts: facts(cancellation),
  scheduledEventId: 5,
});
const started = (cancellation: NexusCancellation): NexusState => ({
  kind: 'started',
  facts: facts(cancellation),
  scheduledEventId: 5,
  token: 't',
});
const letGo: NexusState = { kind: 'letGo' };
const done: NexusState = { kind: 'done', done: true };
const failure = { message: 'no' };
const cancel: NexusInput = { kind: 'cancel' };
const cancelled = 'tell resolveNexusStart nexus operation completed unsuccessfully';

const failures: readonly [NexusInput, string][] = [
  [{ kind: 'nexusFailed', failure }, 'tell resolveNexus failed'],
  [{ kind: 'nexusTimedOut', failure }, 'tell resolveNexus timedOut'],
  [{ kind: 'nexusCanceled', failure }, 'tell resolveNexus cancelled'],
];
const requests: readonly NexusInput[] = [
  { kind: 'nexusCancelRequested' },
  { kind: 'nexusCancelDelivered' },
  { kind: 'nexusCancelFailed', failure },
];
const unmoved = (state: NexusState): Row<NexusState, NexusInput>[] =>
  requests.map((input) => [state, input, state.kind]);

testMachine(nexusMachine, [
  [requested, { kind: 'nexusScheduled', eventId: 5 }, 'scheduled'],
  [requested, cancel, 'canceled', ['drop', cancelled]],
  [scheduled(wait), { kind: 'nexusStarted', token: 't' }, 'started', ['tell resolveNexusStart']],
  [scheduled(wait), { kind: 'nexusCompleted' }, 'done', ['tell resolveNexusStart', 'tell resolveNexus completed']],
  ...failures.map(([input]): Row<NexusState, NexusInput> => [
    scheduled(wait),
    input,
    'done',
    ['tell resolveNexusStart no'],
  ]),
  [scheduled(wait), cancel, 'scheduled', ['send requestCancelNexusOperation']],
  [scheduled('TRY_CANCEL'), cancel, 'letGo', ['send requestCancelNexusOperation', cancelled]],
  [scheduled('ABANDON'), cancel, 'letGo', [cancelled]],
  ...unmoved(scheduled(wait)),
  [started(wait), { kind: 'nexusCompleted', result: { d: '1' } }, 'done', ['tell resolveNexus completed']],
  ...failures.map(([input, told]): Row<NexusState, NexusInput> => [started(wait), input, 'done', [told]]),
  [started(wait), cancel, 'started', ['send requestCancelNexusOperation']],
  [started('TRY_CANCEL'), cancel, 'letGo', ['send requestCancelNexusOperation', 'tell resolveNexus cancelled']],
  [started('ABANDON'), cancel, 'letGo', ['tell resolveNexus cancelled']],
  ...unmoved(started(wait)),
  [started('WAIT_CANCELLATION_REQUESTED'), { kind: 'nexusCancelDelivered' }, 'letGo', ['tell resolveNexus cancelled']],
  [
    started('WAIT_CANCELLATION_REQUESTED'),
    { kind: 'nexusCancelFailed', failure },
    'letGo',
    ['tell resolveNexus failed'],
  ],
  [letGo, { kind: 'nexusStarted', token: 't' }, 'letGo'],
  [letGo, { kind: 'nexusCompleted' }, 'done'],
  ...failures.map(([input]): Row<NexusState, NexusInput> => [letGo, input, 'done']),
  [letGo, cancel, 'letGo'],
  ...unmoved(letGo),
  [{ kind: 'canceled', done: true }, cancel, 'canceled'],
  [done, cancel, 'done'],
  ...unmoved(done),
]);
