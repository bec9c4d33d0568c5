/**
 * How a worker that `reprise dev` runs takes in changes of workflow code without being started anew: it is told which files
 * have changed, bundles again, and hands the bundle to its workflow host processes.
 *
 * A file that this process has loaded itself (activities, what they share with workflows) cannot be taken in: then the
 * answer is that the worker must be started anew.
 */
import { fileURLToPath } from 'node:url';
import type { Logger } from '@reprise/common';
import type { WorkflowBundle } from '../bundle/workflow-bundle.ts';

/** From the command to the worker. */
interface SourcesChanged {
  readonly kind: 'reprise:changed';
  readonly files: readonly string[];
}

/** What the worker says at once, so that the command knows to wait: bundling takes as long as it takes. */
const HEARD = { kind: 'reprise:heard' } as const;

/** What the worker answers. */
type ChangeTaken =
  | { readonly kind: 'reprise:taken'; readonly tookMs: number }
  | { readonly kind: 'reprise:refused'; readonly message: string }
  | { readonly kind: 'reprise:mustRestart' };

/** Under this name the command keeps the URLs of the files that the process has loaded. */
const LOADED = Symbol.for('reprise.dev.loadedFiles');

interface ChangesOptions {
  readonly bundle: WorkflowBundle;
  rebundle(): Promise<WorkflowBundle | undefined>;
  reload(bundleCode: string): void;
  readonly logger: Logger;
}

/** Does nothing in a worker that no such command runs. */
export function takeChangesOfSources(options: ChangesOptions): void {
  const loaded: unknown = Reflect.get(globalThis, LOADED);
  if (!(loaded instanceof Set) || process.send === undefined) return;
  const urls = loaded as ReadonlySet<string>;
  let bundle = options.bundle;
  process.on('message', (message: Partial<SourcesChanged>) => {
    if (message.kind !== 'reprise:changed' || message.files === undefined) return;
    process.send?.(HEARD);
    void takeChange(message.files, { ...options, bundle, urls }).then(({ answer, made }) => {
      bundle = made ?? bundle;
      process.send?.(answer);
    });
  });
  // Listening alone must not keep a worker going that has come to its end.
  process.channel?.unref();
}

interface Change extends ChangesOptions {
  readonly urls: ReadonlySet<string>;
}

async function takeChange(
  files: readonly string[],
  { bundle, urls, rebundle, reload, logger }: Change,
): Promise<{ answer: ChangeTaken; made?: WorkflowBundle }> {
  const begunMs = performance.now();
  const bundled = new Set(bundle.modules.map(({ file }) => file));
  const loaded = new Set([...urls].filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url)));
  if (!files.every((file) => bundled.has(file) && !loaded.has(file)))
    return { answer: { kind: 'reprise:mustRestart' } };
  try {
    const made = await rebundle();
    if (made === undefined) return { answer: { kind: 'reprise:mustRestart' } };
    if (made.buildId !== bundle.buildId) reload(made.code);
    return { answer: { kind: 'reprise:taken', tookMs: Math.round(performance.now() - begunMs) }, made };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    logger.error(`Workflow code stays as it was: ${message}`);
    return { answer: { kind: 'reprise:refused', message } };
  }
}
