import { ROOT_FRAME, runInFrame } from '../scope/async-scope.ts';
import type { Run } from './run.ts';

/** Lets those go on whose condition is met, again and again until none is. Returns how many went on. */
export function unblockConditions(run: Run): number {
  const { conditions } = run;
  let total = 0;
  for (;;) {
    if (run.taskError !== undefined) throw run.taskError.error;
    let unblocked = 0;
    for (const [seq, condition] of conditions) {
      if (!runInFrame(ROOT_FRAME, condition.fn)) continue;
      condition.resolve();
      conditions.delete(seq);
      unblocked++;
    }
    if (unblocked === 0) return total;
    total += unblocked;
  }
}
