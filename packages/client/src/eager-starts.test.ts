import { RpcError } from '@reprise/proto';
import type { Transport } from '@reprise/proto';
import { describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { Connection } from './connection.ts';

function openClient(answer: () => object): {
  client: Client;
  connection: Connection;
  requests: unknown[];
  seen: string[];
} {
  const requests: unknown[] = [];
  const seen: string[] = [];
  const transport: Transport = {
    unary: async (_method, request) => {
      requests.push(request);
      return (await Promise.resolve(answer())) as never;
    },
    close: () => Promise.resolve(),
  };
  const connection = Connection.fromTransport(transport);
  connection.eagerStarts.offer('default', 'q', () => ({
    run: () => seen.push('run'),
    release: () => seen.push('release'),
  }));
  return { client: new Client({ connection }), connection, requests, seen };
}

const eager = { workflowId: 'w', taskQueue: 'q', requestEagerStart: true };

describe('an eager start', () => {
  it('hands the first task to a worker of the process', async () => {
    const { client, requests, seen } = openClient(() => ({ runId: 'r', eagerWorkflowTask: {} }));
    const handle = await client.workflow.start('hello', eager);
    expect(handle.eagerlyStarted).toBe(true);
    expect(requests).toMatchObject([{ requestEagerExecution: true }]);
    expect(seen).toEqual(['run']);
  });

  it('gives the place back when the server keeps the task, or the start fails', async () => {
    const kept = openClient(() => ({ runId: 'r' }));
    expect((await kept.client.workflow.start('hello', eager)).eagerlyStarted).toBe(false);
    expect(kept.seen).toEqual(['release']);
    const failed = openClient(() => {
      throw new RpcError({ code: 3, details: 'no' });
    });
    await expect(failed.client.workflow.start('hello', eager)).rejects.toThrow('Failed to start Workflow');
    expect(failed.seen).toEqual(['release']);
  });

  it('is not asked for where no worker has a place', async () => {
    const { client, requests } = openClient(() => ({ runId: 'r' }));
    await client.workflow.start('hello', { ...eager, taskQueue: 'other' });
    expect(requests).not.toMatchObject([{ requestEagerExecution: true }]);
  });
});
