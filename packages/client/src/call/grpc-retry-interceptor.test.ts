import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { WorkflowService, grpcServiceDefinition } from '@reprise/proto';
import { afterEach, describe, expect, it } from 'vitest';
import { Connection } from '../connection.ts';
import { makeGrpcRetryInterceptor } from './grpc-retry-interceptor.ts';
import { defaultGrpcRetryOptions } from './retry.ts';

type Callback = (error: object | null, value?: object) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.forceShutdown();
});

async function serve(answer: (attempt: number, callback: Callback) => void): Promise<string> {
  const server = new Server();
  let attempts = 0;
  server.addService(grpcServiceDefinition(WorkflowService), {
    getSystemInfo: (_call: unknown, callback: Callback) => answer(++attempts, callback),
  });
  servers.push(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return `127.0.0.1:${String(port)}`;
}

const prompt = defaultGrpcRetryOptions({ initialIntervalMs: () => 1, maxAttempts: 3 });

describe('makeGrpcRetryInterceptor', () => {
  it('makes a failed call again until it succeeds', async () => {
    const address = await serve((attempt, callback) =>
      attempt < 3
        ? callback({ code: status.UNAVAILABLE, details: 'busy' })
        : callback(null, { serverVersion: `after ${String(attempt)}` }),
    );
    const connection = Connection.lazy({ address, interceptors: [makeGrpcRetryInterceptor(prompt)] });
    expect((await connection.workflowService.getSystemInfo({})).serverVersion).toBe('after 3');
    await connection.close();
  });

  it('passes on what is not to be retried, and the last failure', async () => {
    const refusing = await serve((_attempt, callback) => callback({ code: status.PERMISSION_DENIED, details: 'no' }));
    const failing = await serve((attempt, callback) =>
      callback({ code: status.UNAVAILABLE, details: `attempt ${String(attempt)}` }),
    );
    const refused = Connection.lazy({ address: refusing, interceptors: [makeGrpcRetryInterceptor(prompt)] });
    const failed = Connection.lazy({
      address: failing,
      interceptors: [makeGrpcRetryInterceptor(prompt)],
    });
    await expect(refused.workflowService.getSystemInfo({})).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
    await expect(failed.workflowService.getSystemInfo({})).rejects.toMatchObject({ details: 'attempt 3' });
    await Promise.all([refused.close(), failed.close()]);
  });

  it('makes no call again where the list of interceptors is empty', async () => {
    const address = await serve((attempt, callback) =>
      callback({ code: status.UNAVAILABLE, details: `attempt ${String(attempt)}` }),
    );
    const connection = Connection.lazy({ address, interceptors: [] });
    await expect(connection.workflowService.getSystemInfo({})).rejects.toMatchObject({ details: 'attempt 1' });
    await connection.close();
  });

  it('stops when the call is cancelled', async () => {
    const controller = new AbortController();
    const address = await serve(() => controller.abort());
    const connection = Connection.lazy({ address, interceptors: [makeGrpcRetryInterceptor(prompt)] });
    await expect(
      connection.withAbortSignal(controller.signal, () => connection.workflowService.getSystemInfo({})),
    ).rejects.toMatchObject({ code: status.CANCELLED });
    await connection.close();
  });
});
