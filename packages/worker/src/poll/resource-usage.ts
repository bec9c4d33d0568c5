/** How much of the machine's memory and CPU is in use, and whether that leaves room under the targets. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import { memoryUsage } from 'node:process';

export interface ResourceTargets {
  /** Share of the memory that this process may use, 0 to 1. */
  readonly targetMemoryUsage: number;
  /** Share of the CPU time of the machine, 0 to 1. */
  readonly targetCpuUsage: number;
}

const FRESH_FOR_MS = 100;

export class ResourceUsage {
  readonly #targets: ResourceTargets;
  #cpu = readCpu();
  #cpuShare = 0;
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(targets: ResourceTargets = { targetMemoryUsage: 1, targetCpuUsage: 1 }) {
    this.#targets = targets;
  }

  hasRoom(): boolean {
    const { memoryShare, cpuShare } = this.shares();
    return memoryShare < this.#targets.targetMemoryUsage && cpuShare < this.#targets.targetCpuUsage;
  }

  /** What is in use now, 0 to 1: memory by this process, CPU by all of the machine since the last look. */
  shares(): { memoryShare: number; cpuShare: number } {
    this.#refresh();
    const memoryShare = memoryUsage.rss() / (process.constrainedMemory() || totalmem());
    return { memoryShare, cpuShare: this.#cpuShare };
  }

  #refresh(): void {
    const nowMs = performance.now();
    if (nowMs - this.#readAtMs < FRESH_FOR_MS) return;
    this.#readAtMs = nowMs;
    const now = readCpu();
    const total = now.total - this.#cpu.total;
    if (total > 0) this.#cpuShare = 1 - (now.idle - this.#cpu.idle) / total;
    this.#cpu = now;
  }
}

function readCpu(): { idle: number; total: number } {
  let idle = 0;
  let total = 0;
  for (const { times } of cpus().slice(0, Math.max(1, availableParallelism()))) {
    idle += times.idle;
    total += times.idle + times.user + times.sys + times.nice + times.irq;
  }
  return { idle, total };
}
