import { testMachine } from './machine-rows.suite.ts';
import { timerMachine } from './timer.ts';

const seq = 3;
const fired = { kind: 'fired', done: true } as const;
const canceled = { kind: 'canceled', done: true } as const;

testMachine(timerMachine, [
  [{ kind: 'requested', seq }, { kind: 'timerStarted' }, 'running'],
  [{ kind: 'requested', seq }, { kind: 'cancel' }, 'canceled', ['drop']],
  [{ kind: 'running', seq }, { kind: 'timerFired' }, 'fired', ['tell fireTimer']],
  [{ kind: 'running', seq }, { kind: 'cancel' }, 'canceling', ['send cancelTimer']],
  [{ kind: 'canceling', seq }, { kind: 'timerCanceled' }, 'canceled'],
  [{ kind: 'canceling', seq }, { kind: 'cancel' }, 'canceling'],
  [fired, { kind: 'cancel' }, 'fired'],
  [canceled, { kind: 'cancel' }, 'canceled'],
]);
