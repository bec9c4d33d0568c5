import type { WorkflowBundle } from '../bundle/workflow-bundle.ts';
import type { Isolate } from '../isolate/isolate.ts';
import { IvmIsolate } from '../isolate/ivm-isolate.ts';
import type { IsolateSettings } from './isolate-settings.ts';

export function makeIsolate(bundle: WorkflowBundle, { activationTimeoutMs, memoryLimitMb }: IsolateSettings): Isolate {
  return new IvmIsolate({ bundle, deadlineMs: activationTimeoutMs, memoryLimitMb });
}
