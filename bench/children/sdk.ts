/** The SDK that a child measures, through the public names that ours and the published one share. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this file is run by "npm run bench"`);
  return value;
}

export const root = setting('BENCH_ROOT');
export const scope = setting('BENCH_SCOPE');
export const isPublished = scope === '@temporalio';

/** Where a package's entry file is. */
export function entryUrl(name: string): string {
  return pathToFileURL(createRequire(join(root, 'package.json')).resolve(`${scope}/${name}`)).href;
}

async function load<T>(name: string): Promise<T> {
  const module = (await import(entryUrl(name))) as T & { default?: T };
  return module.default ?? module;
}

export interface WorkflowBundle {
  code: string;
}

interface WorkflowSource {
  workflowsPath?: string;
  workflowBundle?: WorkflowBundle;
}

interface RecordedHistory {
  workflowId: string;
  history: unknown;
}

interface ReplayPackage {
  replayHistories: (options: WorkflowSource, histories: Iterable<RecordedHistory>) => AsyncIterable<{ status: string }>;
}

interface RunningWorker {
  run(): Promise<void>;
  shutdown(): void;
}

interface WorkerPackage {
  Worker: {
    create(
      options: WorkflowSource & {
        connection: unknown;
        taskQueue: string;
        activities?: object;
        maxCachedWorkflows?: number;
      },
    ): Promise<RunningWorker>;
    runReplayHistories(options: WorkflowSource, histories: Iterable<RecordedHistory>): AsyncIterable<{ error?: Error }>;
  };
  NativeConnection: { connect(options: { address: string }): Promise<unknown> };
  Runtime: { install(options: { logger: object; telemetryOptions?: object }): void };
  DefaultLogger: new (level: string) => object;
  bundleWorkflowCode: (options: { workflowsPath: string; logger?: object }) => Promise<WorkflowBundle>;
}

interface WorkflowHandle {
  result(): Promise<unknown>;
}

interface ClientPackage {
  Connection: { connect(options: { address: string }): Promise<object> };
  Client: new (options: { connection: object }) => {
    workflow: {
      start(type: string, options: { taskQueue: string; workflowId: string; args: unknown[] }): Promise<WorkflowHandle>;
    };
  };
}

/** Replays histories, and throws at the first that does not fit; yields once for each. */
export async function* replayAll(source: WorkflowSource, histories: Iterable<RecordedHistory>): AsyncGenerator<void> {
  if (isPublished) {
    const { Worker } = await loadWorker();
    for await (const { error } of Worker.runReplayHistories(source, histories)) {
      if (error) throw error;
      yield;
    }
    return;
  }
  const { replayHistories } = await load<ReplayPackage>('testing/replay');
  for await (const verdict of replayHistories(source, histories)) {
    if (verdict.status !== 'passed') throw new Error(`the history does not replay: ${JSON.stringify(verdict)}`);
    yield;
  }
}

export async function bundleWorkflows(workflowsPath: string): Promise<WorkflowBundle> {
  const { bundleWorkflowCode, DefaultLogger } = await loadWorker();
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}

let loadedWorker: Promise<WorkerPackage> | undefined;

export function loadWorker(): Promise<WorkerPackage> {
  loadedWorker ??= loadSilentWorker();
  return loadedWorker;
}

async function loadSilentWorker(): Promise<WorkerPackage> {
  const worker = await load<WorkerPackage>('worker');
  const telemetryOptions = isPublished ? { logging: { filter: 'OFF' } } : {};
  worker.Runtime.install({ logger: new worker.DefaultLogger('ERROR'), telemetryOptions });
  return worker;
}

export const loadClient = (): Promise<ClientPackage> => load<ClientPackage>('client');

export const workflowFile = (name: string): string => join(root, 'workflows', name);
