// A worker or a client whose payloads are in external storage, of whichever SDK the names stand for:
// node src/stored.ts worker|client|replay ADDRESS FOLDER TASK_QUEUE
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { FolderDriver, storageIn } from './folder-driver.ts';
import { activities } from './stored-activities.ts';

export interface Place {
  readonly address: string;
  readonly folder: string;
  readonly taskQueue: string;
  /** The workflows, bundled. */
  readonly workflowBundle?: { code: string };
}

const workflowsPath = fileURLToPath(new URL('stored-workflows.ts', import.meta.url));

/** Runs a worker until `work` is done, and says what its driver was asked for. */
export async function workUntil(place: Place, work: () => Promise<void>): Promise<string[]> {
  const { address, folder, taskQueue, workflowBundle } = place;
  const driver = new FolderDriver(folder);
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    ...(workflowBundle ? { workflowBundle } : { workflowsPath }),
    activities,
    dataConverter: { externalStorage: storageIn(driver) },
  });
  await worker.runUntil(work);
  await connection.close();
  return driver.calls;
}

export interface Told {
  readonly answers: unknown;
  /** What the driver of the client was asked for. */
  readonly calls: string[];
  readonly histories: Record<string, string>;
}

/** Talks to a workflow in every way that carries payloads. */
export async function talk({ address, folder, taskQueue }: Place): Promise<Told> {
  const driver = new FolderDriver(folder);
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, dataConverter: { externalStorage: storageIn(driver) } });
  const workflowId = taskQueue;
  const other = await client.workflow.start('waits', { taskQueue, workflowId: `${workflowId}-other` });
  const memo = { start: 'here' };
  const handle = await client.workflow.start('stored', { taskQueue, workflowId, args: ['one', false], memo });
  const refused = (error: Error): unknown => (error.cause as Error | undefined)?.message;
  const answers = {
    // First, since an update waits as long as it takes until there is a worker.
    changed: await handle.executeUpdate('change', { args: ['this'] }),
    asked: await handle.query('ask', 'why'),
    refused: await handle.executeUpdate('change', { args: ['wrong'] }).catch(refused),
    other: await other.result(),
    result: await handle.signal('finish', 'two', 'words').then(() => handle.result()),
    memo: (await client.workflow.getHandle(workflowId, handle.firstExecutionRunId).describe()).memo,
  };
  const histories: Record<string, string> = {};
  for (const id of [workflowId, `${workflowId}-other`, `${workflowId}-child`])
    histories[id] = historyToJSON(await client.workflow.getHandle(id).fetchHistory());
  const first = client.workflow.getHandle(workflowId, handle.firstExecutionRunId);
  histories['first'] = historyToJSON(await first.fetchHistory());
  await connection.close();
  return { answers, calls: driver.calls, histories };
}

/** Replays histories that are in the folder; gives what went wrong, and what the driver was asked for. */
export async function replay(folder: string): Promise<{ errors: string[]; calls: string[] }> {
  const driver = new FolderDriver(folder);
  const dataConverter = { externalStorage: storageIn(driver) };
  const recorded = JSON.parse(readFileSync(join(folder, 'histories.json'), 'utf8')) as Record<string, string>;
  const histories = Object.entries(recorded).map(([id, json]) => {
    const workflowId = id === 'first' ? (Object.keys(recorded)[0] ?? '') : id;
    return { workflowId, history: historyFromJSON(JSON.parse(json)) };
  });
  const errors: string[] = [];
  for await (const { error } of Worker.runReplayHistories({ workflowsPath, dataConverter }, histories))
    if (error) errors.push(error.message);
  return { errors, calls: driver.calls };
}

async function main([role = '', address = '', folder = '', taskQueue = '']: string[]): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } });
  const place = { address, folder, taskQueue };
  const asked = new Promise<void>((resolve) => process.stdin.once('end', resolve).resume());
  if (role === 'worker') console.log(JSON.stringify(await workUntil(place, () => asked)));
  if (role === 'client') console.log(JSON.stringify(await talk(place)));
  if (role === 'replay') console.log(JSON.stringify(await replay(folder)));
  process.exit(0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
