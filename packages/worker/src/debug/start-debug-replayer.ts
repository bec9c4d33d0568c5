import type { ReplayWorkerOptions } from '../options/worker-options.ts';
import { runReplay } from '../replay/run-replay.ts';
import { blockingNotice } from './blocking-notice.ts';
import { fetchHistory } from './editor.ts';
import { VmIsolate } from './vm-isolate.ts';

/**
 * Replays a history for an editor that steps through workflow code, as the Temporal extension of VS Code does: it starts
 * the file that calls this function, serves the history, is told of every workflow task before its code goes on, and pauses
 * it where a task is marked: the next step leads into that code. Workflow code runs in this thread, in a `node:vm` context,
 * so that breakpoints work.
 *
 * The address of the editor is in the environment variable `TEMPORAL_DEBUGGER_PLUGIN_URL`. The process exits with code 0
 * when the history has been replayed, and otherwise with code 1, having printed why: no address, no history, an editor that
 * does not answer, or code that does not fit the history.
 *
 * @param options - As for `Worker.runReplayHistory`.
 * @example
 * // src/debug-replayer.ts, which the setting `temporal.replayerEntrypoint` names
 * startDebugReplayer({ workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)) });
 */
export function startDebugReplayer(options: ReplayWorkerOptions): void {
  replayForEditor(options).then(
    () => end('Replay completed successfully', 0),
    (error: unknown) => end(error, 1),
  );
}

async function replayForEditor(options: ReplayWorkerOptions): Promise<void> {
  const baseUrl = process.env['TEMPORAL_DEBUGGER_PLUGIN_URL'];
  if (!baseUrl) throw new Error('Missing TEMPORAL_DEBUGGER_PLUGIN_URL environment variable');
  const history = await fetchHistory(baseUrl);
  const notice = blockingNotice(baseUrl);
  process.once('unhandledRejection', (error) => end(error, 1));
  try {
    await runReplay(options, history, {
      createIsolate: (isolateOptions) => new VmIsolate({ ...isolateOptions, onTask: notice.notify }),
    });
    const failure = notice.failure();
    if (failure !== undefined) throw failure;
    // Node tells of rejections that nobody handled in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    await notice.close();
  }
}

function end(result: unknown, exitCode: 0 | 1): void {
  if (exitCode === 0) console.log(result);
  else console.error('Replay failed', result);
  process.exit(exitCode);
}
