import { workflowInfoOfJson } from './workflow-info-of-json.ts';
import type { PatchActivationCallback } from './worker-options.ts';

/** The callback of the user, as the sandbox asks it: with `workflowInfo()` as JSON. Throws for what is no answer. */
export function patchActivationBy(callback: PatchActivationCallback): (patchId: string, info: string) => boolean {
  return (patchId, info) => {
    const isActive: unknown = callback({ workflowInfo: workflowInfoOfJson(JSON.parse(info) as object), patchId });
    if (typeof isActive === 'boolean') return isActive;
    throw new TypeError(`patchActivationCallback must return a boolean for patch '${patchId}', got ${typeof isActive}`);
  };
}
