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
    runReplayHistories(
      options: WorkflowSource,
      histories: Iterable<{ workflowId: string; history: unknown }>,
    ): AsyncIterable<{ error?: Error }>;
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

export async function loadWorker(): Promise<WorkerPackage> {
  const worker = await load<WorkerPackage>('worker');
  const telemetryOptions = isPublished ? { logging: { filter: 'OFF' } } : {};
  worker.Runtime.install({ logger: new worker.DefaultLogger('ERROR'), telemetryOptions });
  return worker;
}

export const loadClient = (): Promise<ClientPackage> => load<ClientPackage>('client');

export const workflowFile = (name: string): string => join(root, 'workflows', name);
