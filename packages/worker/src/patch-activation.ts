import { workflowInfoOfText } from './workflow-info-of-text.ts';
import type { PatchActivationCallback } from './options/worker-options.ts';

/** The callback of the user, as the sandbox asks it: with `workflowInfo()` as text. Throws for what is no answer. */
export function patchActivationBy(callback: PatchActivationCallback): (patchId: string, info: string) => boolean {
  return (patchId, info) => {
    const isActive: unknown = callback({ workflowInfo: workflowInfoOfText(info), patchId });
    if (typeof isActive === 'boolean') return isActive;
    throw new TypeError(`patchActivationCallback must return a boolean for patch '${patchId}', got ${typeof isActive}`);
  };
}
