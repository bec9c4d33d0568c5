/** Whether a server gets slower with what it has stored, and with a slower disk. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@reprise/client';
import { CommandType } from '@reprise/proto';
import { drive, type Load } from '../canned-workers.ts';
import { cloneWorkflow } from '../clone-workflows.ts';
import { median, type Figures } from '../measure.ts';
import { treeCpuMs } from '../process-tree.ts';
import type { Group } from '../row.ts';
import { startServer, type ServerProcess } from '../server-process.ts';
import type { Subject } from '../subject.ts';

type Key = 'few' | 'many' | 'open' | 'start' | 'page' | 'slowDisk' | 'slowDiskCpu' | 'slowerDisk' | 'slowerDiskCpu';

const namespace = 'default';
const hello: Omit<Load, 'address'> = { concurrency: 64, pollers: 8, activities: 0 };

export const scale: Group<Key> = {
  name: 'scale',
  rows: {
    few: { what: 'server with 1,000 closed workflows, hello, CPU each', unit: 'ms', goal: 1, better: 'lower' },
    many: { what: 'server with 200,000 closed workflows, hello, CPU each', unit: 'ms', goal: 1, better: 'lower' },
    open: { what: 'server with 20,000 open workflows, hello, CPU each', unit: 'ms', goal: 1, better: 'lower' },
    start: { what: 'server with 200,000 closed and 20,000 open, start', unit: 'ms', goal: 200, better: 'lower' },
    page: { what: 'a filtered page of 100 among 200,000 workflows', unit: 'ms', goal: 20, better: 'lower' },
    slowDisk: { what: 'commits 1 ms slower, hello', unit: 'workflows/s', goal: 1000, better: 'higher' },
    slowDiskCpu: { what: 'commits 1 ms slower, hello, CPU each', unit: 'ms', goal: 1, better: 'lower' },
    slowerDisk: { what: 'commits 5 ms slower, hello', unit: 'workflows/s', goal: 1000, better: 'higher' },
    slowerDiskCpu: { what: 'commits 5 ms slower, hello, CPU each', unit: 'ms', goal: 1, better: 'lower' },
  },
  async measure(subject) {
    if (subject.label === 'published') return {};
    const folder = mkdtempSync(join(tmpdir(), 'reprise-bench-scale-'));
    try {
      const few = await database(subject, join(folder, 'few.db'), { closed: 1000, open: 0 });
      const many = await database(subject, join(folder, 'many.db'), { closed: 200_000, open: 0 });
      const open = await database(subject, join(folder, 'open.db'), { closed: 1000, open: 20_000 });
      const page = await withServer(subject, ['--db-filename', many], pageMs);
      const cpuOf = async (file: string): Promise<number> =>
        (await withServer(subject, ['--db-filename', file], runHello)).cpuMsPerWorkflow;
      const both = join(folder, 'both.db');
      copyFileSync(many, both);
      cloneWorkflow(both, 'open', 20_000);
      const start = await withServer(subject, ['--db-filename', both], async ({ startMs }) => startMs);
      return {
        few: await cpuOf(few),
        many: await cpuOf(many),
        open: await cpuOf(open),
        start,
        page,
        ...(await slow(subject, folder)),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function slow(subject: Subject, folder: string): Promise<Figures> {
  const at = (delayMs: number) =>
    withServer(subject, ['--db-filename', join(folder, `${delayMs}.db`), '--commit-delay', String(delayMs)], runHello);
  const [one, five] = [await at(1), await at(5)];
  return {
    slowDisk: one.workflowsPerSecond,
    slowDiskCpu: one.cpuMsPerWorkflow,
    slowerDisk: five.workflowsPerSecond,
    slowerDiskCpu: five.cpuMsPerWorkflow,
  };
}

const runHello = ({ address, pid }: ServerProcess) => drive({ ...hello, address }, 2000, () => treeCpuMs(pid));

async function withServer<Result>(
  subject: Subject,
  args: readonly string[],
  use: (server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const server = await startServer(subject, 'memory', args);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/** Two workflows that a server has run, and as many copies as are wanted. */
async function database(subject: Subject, file: string, counts: { closed: number; open: number }): Promise<string> {
  await withServer(subject, ['--db-filename', file], async ({ address }) => {
    const connection = await Connection.connect({ address });
    await runOne(connection, 'closed', {
      commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
      completeWorkflowExecutionCommandAttributes: {},
    });
    await runOne(connection, 'open', {
      commandType: CommandType.COMMAND_TYPE_START_TIMER,
      startTimerCommandAttributes: { timerId: 'long', startToFireTimeout: { seconds: 30 * 86_400 } },
    });
    await connection.close();
  });
  cloneWorkflow(file, 'closed', counts.closed);
  if (counts.open > 0) cloneWorkflow(file, 'open', counts.open);
  return file;
}

async function runOne(connection: Connection, workflowId: string, command: object): Promise<void> {
  const { workflowService } = connection;
  const taskQueue = { name: 'seed' };
  const start = { namespace, workflowId, workflowType: { name: 'canned' }, taskQueue, requestId: workflowId };
  await workflowService.startWorkflowExecution(start);
  const { taskToken } = await connection.withDeadline(Date.now() + 10_000, () =>
    workflowService.pollWorkflowTaskQueue({ namespace, taskQueue, identity: 'seed' }),
  );
  await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken: taskToken ?? null, commands: [command] });
}

async function pageMs({ address }: ServerProcess): Promise<number> {
  const connection = await Connection.connect({ address });
  const query = "WorkflowType = 'rare' AND ExecutionStatus = 'Completed'";
  const tookMs: number[] = [];
  for (let i = 0; i < 20; i++) {
    const startedMs = performance.now();
    await connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 100 });
    tookMs.push(performance.now() - startedMs);
  }
  await connection.close();
  return median(tookMs);
}
