import { requireRun } from '../run/current-run.ts';
import { captureFrame } from '../scope/async-scope.ts';

/** The update that a handler handles. */
export interface UpdateInfo {
  readonly id: string;
  readonly name: string;
}

/** The update that the calling code handles, or undefined when it handles none. */
export function currentUpdateInfo(): UpdateInfo | undefined {
  requireRun('Workflow.currentUpdateInfo(...) may only be used from a Workflow Execution.');
  return captureFrame().update as UpdateInfo | undefined;
}
