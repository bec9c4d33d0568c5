/** The thread of the watchdog: see watchdog.ts. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { LAST_WORDS_FD, type LastWords } from './host-messages.ts';
import { CALL_BYTES, RUN_ID_BYTES, type WatchdogLimits } from './watchdog.ts';

const LOOK_EVERY_MS = 20;
const { memory, limits } = workerData as { memory: SharedArrayBuffer; limits: WatchdogLimits };
const begun = new Float64Array(memory, 0, 1);
const text = new Uint8Array(memory, CALL_BYTES, RUN_ID_BYTES);

function end(reason: LastWords['reason'], residentBytes: number): void {
  const runId = Buffer.from(text).toString('latin1').replaceAll('\0', '');
  const words: LastWords = { reason, runId, residentMb: Math.round(residentBytes / 2 ** 20) };
  try {
    writeSync(LAST_WORDS_FD, `${JSON.stringify(words)}\n`);
  } catch {
    // Nobody listens any more; the process ends all the same.
  }
  process.kill(process.pid, 'SIGKILL');
}

function look(): void {
  const call = begun[0] ?? 0;
  if (call === 0) return;
  const residentBytes = process.memoryUsage.rss();
  if (residentBytes > limits.maxResidentBytes) end('memory', residentBytes);
  else if (performance.timeOrigin + performance.now() - call > limits.maxCallMs) end('deadline', residentBytes);
}

// Waiting for what never comes costs a third of what a timer does, fifty times a second in every host.
const never = new Int32Array(new SharedArrayBuffer(4));
for (;;) {
  Atomics.wait(never, 0, 0, LOOK_EVERY_MS);
  look();
}
