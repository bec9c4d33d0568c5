import { Worker } from 'node:worker_threads';

const LOOK = `const { workerData: parent } = require('node:worker_threads');
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);`;

/**
 * Ends this process when the one that started it is gone, even while code that nothing interrupts holds the main thread:
 * another thread looks. Nothing tells of that on Windows.
 */
export function endWithParent(): void {
  if (process.platform === 'win32') return;
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };
  new Worker(LOOK, { eval: true, workerData: process.ppid, resourceLimits }).unref();
}
