import { IllegalStateError } from '@reprise/common';
import { ask } from '../run/asking.ts';
import { requireRun } from '../run/current-run.ts';
import { capturePlace } from '../run/place.ts';
import { infoTextOf } from '../run/sink-calls.ts';

function decide(patchId: string, { isDeprecated }: { isDeprecated: boolean }): boolean {
  const run = requireRun('Workflow.patch(...) and Workflow.deprecatePatch may only be used from a Workflow Execution.');
  if (run.workflow === undefined) throw new IllegalStateError('Patches cannot be used before Workflow starts');
  const { decided, inHistory } = run.patches;
  const before = decided.get(patchId);
  if (before !== undefined) return before;
  const isKnown = inHistory.has(patchId);
  // Not remembered: the run may reach new ground later, where the patch can become active.
  if (run.task.isReplaying && !isKnown) return false;
  // A query only looks; what it sees must not become part of the run.
  if (run.readOnly) return isKnown;
  const isActive = isKnown || isDeprecated || (run.host.patchActivation?.(patchId, infoTextOf(run)) ?? true);
  decided.set(patchId, isActive);
  if (isActive) ask(run, { kind: 'setPatchMarker', patchId, deprecated: isDeprecated }, capturePlace(decide));
  return isActive;
}

/**
 * Tells new code from old: true on new ground and where history says so, false while replaying a history that began
 * before the patch. Always use its result to choose between the new and the old code.
 *
 * @example if (patched('send-receipt')) await sendReceipt(order);
 */
export function patched(patchId: string): boolean {
  return decide(patchId, { isDeprecated: false });
}

/**
 * Says that no workflow without the patch is left, so that the old code is gone. Remove the call once no workflow that was
 * started with `patched` runs any more.
 */
export function deprecatePatch(patchId: string): void {
  decide(patchId, { isDeprecated: true });
}
