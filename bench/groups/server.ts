import { drive, type Load } from '../canned-workers.ts';
import { medians, type Figures } from '../measure.ts';
import { treeCpuMs, treeMemoryMB } from '../process-tree.ts';
import type { Group } from '../row.ts';
import { startServer } from '../server-process.ts';
import type { Subject } from '../subject.ts';

type Key =
  | 'start'
  | 'memory'
  | 'diskHello'
  | 'diskHelloCpu'
  | 'memoryHello'
  | 'memoryHelloCpu'
  | 'diskTen'
  | 'diskTenCpu'
  | 'latency';

/** The published dev server is fetched from the network at its first start, so its figures are the recorded ones. */
export const server: Group<Key> = {
  name: 'server',
  rows: {
    start: { what: 'server, start to serving', unit: 'ms', goal: 200, recorded: 500, better: 'lower' },
    memory: { what: 'server, memory when idle', unit: 'MB', goal: 90, recorded: 145, better: 'lower' },
    diskHello: { what: 'server on disk, hello', unit: 'workflows/s', goal: 1000, recorded: 38, better: 'higher' },
    diskHelloCpu: { what: 'server on disk, hello, CPU each', unit: 'ms', goal: 1, recorded: 23, better: 'lower' },
    memoryHello: { what: 'server in memory, hello', unit: 'workflows/s', goal: 1500, recorded: 100, better: 'higher' },
    memoryHelloCpu: { what: 'server in memory, hello, CPU each', unit: 'ms', goal: 0.8, recorded: 14, better: 'lower' },
    diskTen: {
      what: 'server on disk, ten activities in a row',
      unit: 'workflows/s',
      goal: 150,
      recorded: 4,
      better: 'higher',
    },
    diskTenCpu: {
      what: 'server on disk, ten activities, CPU each',
      unit: 'ms',
      goal: 6,
      recorded: 228,
      better: 'lower',
    },
    latency: {
      what: 'server on disk and idle, start to closed, one activity',
      unit: 'ms',
      goal: 8,
      recorded: 150,
      better: 'lower',
    },
  },
  async measure(subject, repetitions) {
    if (subject.label === 'published') return {};
    const disk = await medians(repetitions, () => onDisk(subject));
    const memory = await medians(repetitions, () => inMemory(subject));
    return { ...disk, ...memory };
  },
};

const busy: Omit<Load, 'address' | 'activities'> = { concurrency: 64, pollers: 8 };

async function onDisk(subject: Subject): Promise<Figures> {
  const running = await startServer(subject, 'disk');
  const { address, pid, startMs } = running;
  const cpuMs = (): number => treeCpuMs(pid);
  const memory = treeMemoryMB(pid);
  const hello = await drive({ ...busy, address, activities: 0 }, 2000, cpuMs);
  const ten = await drive({ ...busy, address, activities: 10 }, 400, cpuMs);
  const idle = await drive({ address, activities: 1, concurrency: 1, pollers: 2 }, 100, cpuMs);
  await running.stop();
  return {
    start: startMs,
    memory,
    diskHello: hello.workflowsPerSecond,
    diskHelloCpu: hello.cpuMsPerWorkflow,
    diskTen: ten.workflowsPerSecond,
    diskTenCpu: ten.cpuMsPerWorkflow,
    latency: idle.latencyMs,
  };
}

async function inMemory(subject: Subject): Promise<Figures> {
  const running = await startServer(subject, 'memory');
  const { address, pid } = running;
  const hello = await drive({ ...busy, address, activities: 0 }, 2000, () => treeCpuMs(pid));
  await running.stop();
  return { memoryHello: hello.workflowsPerSecond, memoryHelloCpu: hello.cpuMsPerWorkflow };
}
