/** How a run, or one task of it, comes to its end. */
import { ensureTemporalFailure, isCancellation, TemporalFailure } from '@reprise/common';
import { ContinueAsNew } from '../api/continue-as-new-error.ts';
import { askToEnd, failureToWall, toWall } from './asking.ts';
import type { Run } from './run.ts';

/** Fails the current task with the first error that reaches this. */
export function failTask(run: Run, error: unknown): void {
  run.taskError ??= { error };
}

export function completeWorkflow(run: Run, result: unknown): void {
  try {
    askToEnd(run, { kind: 'completeWorkflow', result: toWall(run, result, run.typeInfo?.outputType) });
  } catch (error) {
    failTask(run, error);
  }
}

function hasFailureName(names: readonly string[], error: unknown): boolean {
  if (names.length === 0) return false;
  if (names.includes('Error')) return true;
  let current: unknown = typeof error === 'object' && error !== null ? error.constructor : undefined;
  while (typeof current === 'function' && current !== Function.prototype) {
    if (names.includes(current.name)) return true;
    current = Object.getPrototypeOf(current);
  }
  return false;
}

/** True when the worker or the workflow said that errors of this kind fail the workflow. */
function isConfiguredFailure(run: Run, error: unknown): boolean {
  const classes = run.failureExceptionTypes;
  if (classes?.some((errorClass) => errorClass === Error || error instanceof errorClass) === true) return true;
  return hasFailureName(run.creation.failureErrorTypes ?? [], error);
}

/** Decides what an error that left workflow code, or a signal handler, means for the run. */
export function endByError(run: Run, error: unknown): void {
  try {
    if (run.cancelled && isCancellation(error)) askToEnd(run, { kind: 'cancelWorkflow' });
    else if (error instanceof ContinueAsNew) askToEnd(run, error.command, error.place);
    else if (error instanceof TemporalFailure || isConfiguredFailure(run, error)) {
      // A workflow that fails abandons its handlers; nobody needs to be warned of them.
      run.handlers.signalsInProgress.clear();
      run.handlers.updatesInProgress.clear();
      askToEnd(run, { kind: 'failWorkflow', failure: failureToWall(run, ensureTemporalFailure(error)) });
    } else failTask(run, error);
  } catch (conversionError) {
    failTask(run, conversionError);
  }
}
