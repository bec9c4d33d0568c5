import type { ReplayWorkerOptions } from './worker-options.ts';

/**
 * Served an editor extension that steps through workflow code; that needs workflow code in this process and this realm.
 *
 * @throws Error always: workflow code runs in an isolate. `Worker.runReplayHistory` replays a history, and with the option
 *   `debugMode` workers run workflow code in this process, under a debugger without time limits.
 */
export function startDebugReplayer(_options: ReplayWorkerOptions): void {
  throw new Error(
    'startDebugReplayer is not supported: workflow code runs in an isolate, which the editor extension cannot step through. ' +
      'Replay the history with Worker.runReplayHistory, or run a worker with the option debugMode',
  );
}
