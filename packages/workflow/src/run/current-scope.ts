import { IllegalStateError } from '@reprise/common';
import { captureFrame } from '../scope/async-scope.ts';
import type { CancelScope } from './cancel-scope.ts';
import type { PendingKind, Waiting } from './pending.ts';
import type { Run } from './run.ts';

/** The cancellation scope that the code of a run is in. */
export function currentScope(run: Run): CancelScope {
  const scope = (captureFrame().scope as CancelScope | undefined) ?? run.rootScope;
  if (scope === undefined) throw new IllegalStateError('Workflow has no root scope yet');
  return scope;
}

const ignore = (): void => undefined;

/** Marks a promise whose rejection is dealt with elsewhere. */
export function quiet(promise: Promise<unknown>): void {
  promise.catch(ignore);
}

/**
 * Starts to wait within the current scope. In a cancelled scope nothing is started and `waiting` rejects with the scope's
 * reason; otherwise `waiting.onCancel` hears of a later cancellation.
 */
export function waitInScope(
  run: Run,
  what: { kind: PendingKind; seq: number },
  waiting: Waiting,
  start: () => void,
): void {
  const scope = currentScope(run);
  if (scope.consideredCancelled) {
    scope.listen({ onCancel: waiting.reject });
    return;
  }
  if (scope.cancellable) {
    waiting.scope = scope;
    scope.listen(waiting);
  }
  start();
  run.pending.add(what.kind, what.seq, waiting);
}
