import type { WorkflowBundle } from '../bundle/workflow-bundle.ts';
import type { Isolate } from '../isolate/isolate.ts';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import type { IsolateSettings } from './isolate-settings.ts';

/** `patchActivation` decides whether a patch that a run has not seen becomes active. */
export function makeIsolate(
  bundle: WorkflowBundle,
  settings: IsolateSettings,
  patchActivation: ((patchId: string, info: string) => boolean) | undefined,
): Isolate {
  return new IvmIsolate({
    bundle,
    deadlineMs: settings.activationTimeoutMs,
    memoryLimitMb: settings.memoryLimitMb,
    isGuarded: settings.isGuarded === true,
    strict: !settings.sharesContexts,
    ...(patchActivation === undefined ? {} : { patchActivation }),
  });
}
