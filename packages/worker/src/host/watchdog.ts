/**
 * Ends this process when workflow code holds it for too long or takes too much memory, which isolated-vm's own limits do
 * not catch in every case. A thread looks every 20 ms; the call under way is told to it through shared memory.
 */
import { Worker } from 'node:worker_threads';

/** Layout of the shared memory: when the call began (ms, 0 for none), and the text of its run id. */
export const CALL_BYTES = 8;
export const RUN_ID_BYTES = 256;

export interface WatchdogLimits {
  readonly maxCallMs: number;
  readonly maxResidentBytes: number;
}

export interface Watchdog {
  /** Told of the run whose code is about to run, and undefined when it has returned. */
  onCall(runId: string | undefined): void;
}

export function startWatchdog(limits: WatchdogLimits): Watchdog {
  const memory = new SharedArrayBuffer(CALL_BYTES + RUN_ID_BYTES);
  const begun = new Float64Array(memory, 0, 1);
  const text = new Uint8Array(memory, CALL_BYTES, RUN_ID_BYTES);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const thread = new Worker(new URL(`./watchdog-thread.${extension}`, import.meta.url), {
    workerData: { memory, limits },
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  thread.unref();
  return {
    onCall(runId) {
      if (runId === undefined) {
        begun[0] = 0;
        return;
      }
      for (let i = 0; i < RUN_ID_BYTES; i++) text[i] = i < runId.length ? runId.charCodeAt(i) & 0x7f : 0;
      begun[0] = performance.timeOrigin + performance.now();
    },
  };
}
