import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import { writeIdleWithLibraries } from '../library-set.ts';
import { medians, type Figures } from '../measure.ts';
import { treeCpuMs, treeMemoryMB } from '../process-tree.ts';
import type { Group } from '../row.ts';
import { startServer } from '../server-process.ts';
import type { Subject } from '../subject.ts';

/** Both SDKs are driven by our server, in memory and in a process of its own, so that only the workers differ. */
export function worker(reprise: Subject): Group<'cpu' | 'tasks' | 'cached' | 'cachedLibraries'> {
  return {
    name: 'worker',
    rows: {
      cpu: { what: 'worker, CPU per workflow task', unit: 'ms', goal: 0.4, recorded: 1.2, better: 'lower' },
      tasks: { what: 'worker, workflow tasks', unit: 'tasks/s', goal: 2000, recorded: 842, better: 'higher' },
      cached: { what: 'worker, one cached workflow', unit: 'KB', goal: 100, recorded: 199, better: 'lower' },
      cachedLibraries: {
        what: 'worker, one cached workflow with zod, lodash-es, date-fns',
        unit: 'KB',
        goal: 100,
        better: 'lower',
      },
    },
    measure: (subject, repetitions) => medians(Math.min(3, repetitions), () => measureOnce(subject, reprise)),
  };
}

const workflows = 300;
const tasksPerWorkflow = 11;
const cachedWorkflows = 1000;
const cachedWithLibraries = 300;

async function measureOnce(subject: Subject, reprise: Subject): Promise<Figures> {
  const live = await withWorker({ subject, reprise, workflows: 'live.ts' }, async (client, pid) => {
    await runTimers(client, 50, 'warm');
    const cpuBeforeMs = treeCpuMs(pid);
    const startedMs = performance.now();
    await runTimers(client, workflows, 'timers');
    const tookMs = performance.now() - startedMs;
    const tasks = workflows * tasksPerWorkflow;
    const cpu = (treeCpuMs(pid) - cpuBeforeMs) / tasks;
    return { cpu, tasks: (tasks * 1000) / tookMs, cached: await cachedKB(client, pid, cachedWorkflows) };
  });
  const idle = { subject, reprise, workflows: writeIdleWithLibraries(subject) };
  const cachedLibraries = await withWorker(idle, (client, pid) => cachedKB(client, pid, cachedWithLibraries));
  return { ...live, cachedLibraries };
}

interface WorkerRun {
  readonly subject: Subject;
  readonly reprise: Subject;
  readonly workflows: string;
}

/** A server and a worker, for as long as they are measured. */
async function withWorker<Result>(
  { subject, reprise, workflows }: WorkerRun,
  measure: (client: Client, workerPid: number) => Promise<Result>,
): Promise<Result> {
  const server = await startServer(reprise, 'memory');
  const child = await startWorker(subject, server.address, workflows);
  const connection = await Connection.connect({ address: server.address });
  try {
    return await measure(new Client({ connection }), child.pid ?? 0);
  } finally {
    child.stdin?.end();
    await connection.close();
    if (child.exitCode === null) await Promise.race([once(child, 'exit'), pause(5000)]);
    child.kill('SIGKILL');
    await server.stop();
  }
}

async function startWorker(subject: Subject, address: string, workflows: string): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('../children/live-worker.ts', import.meta.url));
  const child = spawn(process.execPath, [file, address, taskQueue, workflows], {
    cwd: subject.root,
    env: { ...process.env, BENCH_ROOT: subject.root, BENCH_SCOPE: subject.scope },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the worker of ${subject.label} ended early`)));
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return child;
}

const taskQueue = 'bench';
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function runTimers(client: Client, count: number, name: string): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await client.workflow.execute('timers', { taskQueue, workflowId: `${name}-${next++}` });
  };
  await Promise.all(Array.from({ length: 50 }, lane));
}

async function cachedKB(client: Client, pid: number, count: number): Promise<number> {
  await openIdle(client, 50, 'first');
  const beforeMB = treeMemoryMB(pid);
  await openIdle(client, count, 'idle');
  return ((treeMemoryMB(pid) - beforeMB) * 1024) / count;
}

/** Starts workflows that wait for ever, and waits until the worker has seen them all. */
async function openIdle(client: Client, count: number, name: string): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  await Promise.all(ids.map((workflowId) => client.workflow.start('idle', { taskQueue, workflowId })));
  for (const workflowId of ids) {
    while ((await client.workflow.getHandle(workflowId).describe()).historyLength < 4) await pause(20);
  }
  await pause(2000);
}
