import type { Duration } from '@reprise/common';
import { requireRun } from '../run/current-run.ts';
import { currentScope } from '../run/current-scope.ts';
import { capturePlace, type Place } from '../run/place.ts';
import { CancellationScope } from './cancellation-scope.ts';
import type { TimerOptions } from './interceptors.ts';
import { patched } from './patched.ts';
import { sleep } from './sleep.ts';

/** Since this patch, a timeout of 0 is a timeout. */
const ZERO_TIMEOUT_PATCH = '__sdk_internal_patch_number:1';

function block(fn: () => boolean, place: Place): Promise<void> {
  const run = requireRun('Workflow.condition(...) may only be used from a Workflow Execution.');
  return new Promise((resolve, reject) => {
    const scope = currentScope(run);
    if (scope.consideredCancelled) {
      scope.listen({ onCancel: reject });
      return;
    }
    const seq = run.seqs.condition++;
    const listener = {
      onCancel: (reason: unknown): void => {
        run.conditions.delete(seq);
        reject(reason);
      },
    };
    if (scope.cancellable) scope.listen(listener);
    const met = (): void => {
      scope.unlisten(listener);
      resolve();
    };
    if (fn()) met();
    else run.conditions.set(seq, { fn, resolve: met, place });
  });
}

async function withTimeout(
  fn: () => boolean,
  timeout: Duration,
  { options, place }: { options: TimerOptions | undefined; place: Place },
): Promise<boolean> {
  const scope = CancellationScope.current();
  try {
    return await Promise.race([sleep(timeout, options).then(() => false), block(fn, place).then(() => true)]);
  } finally {
    scope.cancel();
  }
}

/**
 * Waits until `fn` returns true. `fn` is called once now and then whenever something happened; it must not change anything.
 *
 * @param timeout how long to wait at most: milliseconds or text; the result is then false when the time ran out
 * @throws CancelledFailure when the scope is cancelled
 * @example if (!(await condition(() => approved, '3 days'))) await escalate();
 */
export function condition(fn: () => boolean, timeout: Duration, options?: TimerOptions): Promise<boolean>;
export function condition(fn: () => boolean): Promise<void>;
// An async function: its promise settles as many microtasks later as histories are used to.
export async function condition(
  fn: () => boolean,
  timeout?: Duration,
  options?: TimerOptions,
): Promise<void | boolean> {
  requireRun('Workflow.condition(...) may only be used from a Workflow Execution.');
  const place = capturePlace(condition);
  if (timeout === undefined || (timeout === 0 && !patched(ZERO_TIMEOUT_PATCH))) return block(fn, place);
  return CancellationScope.cancellable(() => withTimeout(fn, timeout, { options, place }));
}
