/**
 * `expect(workflow).toReplay(histories)` for vitest. Import it once, in the test or in a setup file:
 *
 * ```ts
 * import '@reprise/testing/vitest';
 * import { order } from '../src/workflows.ts';
 *
 * test('recorded orders replay', async () => {
 *   await expect(order).toReplay('histories/order');
 * });
 * ```
 */
import { expect } from 'vitest';

import { CorpusError } from './corpus/corpus-problem.ts';
import { ACTIVATION_TIMEOUT_MS } from './replay/patience.ts';
import { replayFiles, type ReplayFilesOptions } from './replay/replay-files.ts';
import { findWorkflowsPath } from './vitest/find-workflows-path.ts';

export type ToReplayOptions = Omit<ReplayFilesOptions, 'histories'>;

interface ToReplay {
  /**
   * Replays recorded histories of a workflow against its code of today.
   *
   * The received value is the workflow function, imported into the test from the module that exports the workflows, or
   * the path of that module, for all its workflows.
   *
   * @param histories files, folders and globs, from the working directory
   */
  toReplay(histories: string | readonly string[], options?: ToReplayOptions): Promise<void>;
}

declare module 'vitest' {
  // The type parameters are those of vitest's own declaration.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends ToReplay {}
}

expect.extend({
  async toReplay(received: unknown, histories: string | readonly string[], options: ToReplayOptions = {}) {
    const { report, text } = await replayFiles({
      ...codeOf(received, options, this.testPath),
      ...timeoutOf(options, this.task?.timeout),
      histories,
    });
    // What was not replayed shows neither that the code fits nor that it does not.
    if (report.outcome === 'corpus') throw new CorpusError('R3001', `\n${text}`);
    return {
      pass: report.outcome === 'ok',
      message: () =>
        report.outcome === 'ok'
          ? `expected the code not to replay ${report.passed} histories, but it does`
          : `\n${text}`,
    };
  },
});

/** Of the time that a test has, this much is for code that does not return: there must be some left to say so. */
const SHARE_OF_TEST = 0.4;

/** A test that is timed out says nothing of why. */
function timeoutOf(options: ToReplayOptions, testTimeoutMs: number | undefined): ToReplayOptions {
  if (options.activationTimeoutMs !== undefined || !testTimeoutMs || !Number.isFinite(testTimeoutMs)) return {};
  return { activationTimeoutMs: Math.min(ACTIVATION_TIMEOUT_MS, testTimeoutMs * SHARE_OF_TEST) };
}

function codeOf(received: unknown, options: ToReplayOptions, testPath: string | undefined): ToReplayOptions {
  if (typeof received === 'string') return { ...options, workflowsPath: received };
  if (typeof received !== 'function') {
    throw new TypeError('toReplay is for a workflow function, or for the path of the module that exports workflows');
  }
  const types = options.types ?? [received.name];
  if (options.workflowsPath !== undefined || options.workflowBundle !== undefined) return { ...options, types };
  const workflowsPath = testPath === undefined ? undefined : findWorkflowsPath(testPath, received.name);
  if (workflowsPath === undefined) {
    throw new TypeError(
      `toReplay cannot see where \`${received.name}\` is exported: import it by name from a relative path, or give { workflowsPath }`,
    );
  }
  return { ...options, types, workflowsPath };
}
