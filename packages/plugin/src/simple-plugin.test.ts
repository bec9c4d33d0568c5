import { Client, Connection } from '@reprise/client';
import type { WorkerOptions } from '@reprise/worker';
import { expect, test } from 'vitest';

import { SimplePlugin } from './simple-plugin.ts';

const asked: WorkerOptions = {
  taskQueue: 'queue',
  activities: { own: async () => await Promise.resolve() },
  interceptors: { workflowModules: ['/own.ts'] },
};

test('a plugin adds activities and interceptors, and leaves the rest alone', () => {
  const plugin = new SimplePlugin({
    name: 'adds',
    activities: { more: async () => await Promise.resolve() },
    workerInterceptors: { workflowModules: ['/more.ts'], activity: [() => ({})] },
    workflowsPath: '/workflows.ts',
  });
  const configured = plugin.configureWorker(asked);
  expect(Object.keys(configured.activities ?? {})).toEqual(['own', 'more']);
  expect(configured.interceptors).toMatchObject({
    workflowModules: ['/own.ts', '/more.ts'],
    activity: [expect.any(Function)],
  });
  expect(configured).toMatchObject({ taskQueue: 'queue', workflowsPath: '/workflows.ts' });
  expect(new SimplePlugin({ name: 'nothing' }).configureWorker(asked)).toEqual(asked);
  expect(asked.interceptors).toEqual({ workflowModules: ['/own.ts'] });
});

test('a function makes an option of the one that is there', () => {
  const plugin = new SimplePlugin({
    name: 'wraps',
    dataConverter: (existing) => ({ ...existing, failureConverterPath: '/failures.ts' }),
    workflowsPath: (existing) => `${existing ?? ''}/inner`,
  });
  const configured = plugin.configureReplayWorker({
    workflowsPath: '/outer',
    dataConverter: { payloadConverterPath: '/payloads.ts' },
  });
  expect(configured.dataConverter).toEqual({
    payloadConverterPath: '/payloads.ts',
    failureConverterPath: '/failures.ts',
  });
  expect(configured.workflowsPath).toBe('/outer/inner');
});

test('a worker runs within the context of the plugin', async () => {
  const order: string[] = [];
  const plugin = new SimplePlugin({
    name: 'context',
    runContext: async (next) => {
      order.push('open');
      await next();
      order.push('close');
    },
  });
  const worker = { getState: () => 'RUNNING', shutdown: () => undefined };
  const run = async (): Promise<void> => {
    order.push('run');
    await Promise.resolve();
  };
  await plugin.runWorker(worker, run);
  await new SimplePlugin({ name: 'none' }).runWorker(worker, run);
  expect(order).toEqual(['open', 'run', 'close', 'run']);
});

test('a plugin of a connection serves its clients too', async () => {
  const codec = { encode: async () => await Promise.resolve([]), decode: async () => await Promise.resolve([]) };
  const plugin = new SimplePlugin({
    name: 'client',
    apiKey: 'key',
    tls: { serverNameOverride: 'here' },
    dataConverter: { payloadCodecs: [codec] },
    clientInterceptors: { workflow: [{}] },
  });
  const connection = Connection.lazy({ plugins: [plugin] });
  const client = new Client({ connection, interceptors: { workflow: [{}] } });
  expect(client.options.interceptors.workflow).toHaveLength(2);
  expect(plugin.configureConnection({})).toEqual({ apiKey: 'key', tls: { serverNameOverride: 'here' } });
  await connection.close();
});

test('a bundle made ahead of time is configured once, and so is that of a worker', () => {
  const plugin = new SimplePlugin({
    name: 'bundles',
    workflowsPath: (existing) => `${existing ?? ''}/inner`,
    dataConverter: { payloadConverterPath: '/payloads.ts' },
    workerInterceptors: { workflowModules: ['/more.ts'] },
  });
  expect(plugin.configureBundler({ workflowsPath: '/outer', workflowInterceptorModules: ['/own.ts'] })).toEqual({
    workflowsPath: '/outer/inner',
    workflowInterceptorModules: ['/own.ts', '/more.ts'],
    payloadConverterPath: '/payloads.ts',
  });
  const worker = plugin.configureWorker({ taskQueue: 'queue', workflowsPath: '/workers' });
  const options = { workflowsPath: worker.workflowsPath ?? '' };
  expect(plugin.configureBundler(options)).toBe(options);
});

test('a plugin adds Nexus services', () => {
  const [own, more] = [{}, {}] as NonNullable<WorkerOptions['nexusServices']>;
  const plugin = new SimplePlugin({ name: 'nexus', nexusServices: more === undefined ? [] : [more] });
  expect(
    plugin.configureWorker({ taskQueue: 'q', nexusServices: own === undefined ? [] : [own] }).nexusServices,
  ).toEqual([own, more]);
  expect(plugin.configureNativeConnection({})).toEqual({});
});
