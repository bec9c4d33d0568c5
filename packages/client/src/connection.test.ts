import { Server, ServerCredentials, status as grpcStatus } from '@grpc/grpc-js';
import { RpcError, WorkflowService, grpcServiceDefinition } from '@reprise/proto';
import type { CallOptions, Transport } from '@reprise/proto';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { Connection } from './connection.ts';
import { ServiceError, isGrpcDeadlineError } from './errors.ts';

interface Seen {
  readonly method: string;
  readonly request: unknown;
  readonly options: CallOptions;
}

/** A transport that answers from a list, and remembers what it was asked. */
function cannedTransport(answer: (seen: Seen, calls: number) => object): { transport: Transport; seen: Seen[] } {
  const seen: Seen[] = [];
  const transport: Transport = {
    async unary(method, request, options) {
      const call = { method: method.name, request, options };
      seen.push(call);
      return (await Promise.resolve(answer(call, seen.length))) as never;
    },
    close: () => Promise.resolve(),
  };
  return { transport, seen };
}

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

describe('Connection over a transport', () => {
  it('sends the headers of the connection, of the context and of the request', async () => {
    const { transport, seen } = cannedTransport(() => ({ runId: 'r' }));
    const connection = Connection.fromTransport(transport, { apiKey: () => 'secret', metadata: { Team: 'blue' } });
    const client = new Client({ connection, namespace: 'shop' });
    await connection.withMetadata({ team: 'red', 'x-trace': '1' }, () =>
      client.workflow.start('hello', { workflowId: 'w', taskQueue: 'q' }),
    );
    expect(seen[0]?.options.metadata).toMatchObject({
      authorization: 'Bearer secret',
      'temporal-namespace': 'shop',
      team: 'red',
      'x-trace': '1',
    });
    expect(seen[0]?.options.metadata).toHaveProperty('client-name');
  });

  it('retries what may pass, and gives up on what will not', async () => {
    const flaky = cannedTransport((_seen, calls) => {
      if (calls < 3) throw new RpcError({ code: grpcStatus.UNAVAILABLE, details: 'restarting' });
      return {};
    });
    await Connection.fromTransport(flaky.transport).workflowService.getSystemInfo({});
    expect(flaky.seen).toHaveLength(3);
    const refusing = cannedTransport(() => {
      throw new RpcError({ code: grpcStatus.INVALID_ARGUMENT, details: 'no' });
    });
    await expect(Connection.fromTransport(refusing.transport).workflowService.getSystemInfo({})).rejects.toThrow('no');
    expect(refusing.seen).toHaveLength(1);
  });

  it('does not start an attempt that could only end after the deadline', async () => {
    const { transport, seen } = cannedTransport(() => {
      throw new RpcError({ code: grpcStatus.RESOURCE_EXHAUSTED, details: 'busy' });
    });
    const connection = Connection.fromTransport(transport);
    await expect(
      connection.withDeadline(Date.now() + 300, () => connection.workflowService.getSystemInfo({})),
    ).rejects.toMatchObject({ code: grpcStatus.RESOURCE_EXHAUSTED });
    expect(seen).toHaveLength(1);
  });

  it('stops waiting for the next attempt when the signal aborts', async () => {
    const controller = new AbortController();
    const { transport } = cannedTransport(() => {
      setImmediate(() => controller.abort());
      throw new RpcError({ code: grpcStatus.UNAVAILABLE, details: 'gone' });
    });
    const connection = Connection.fromTransport(transport);
    await expect(
      connection.withAbortSignal(controller.signal, () => connection.workflowService.getSystemInfo({})),
    ).rejects.toMatchObject({ code: grpcStatus.CANCELLED });
  });
});

describe('Connection over gRPC', () => {
  async function serve(
    getSystemInfo: (callback: (error: object | null, value?: object) => void) => void,
  ): Promise<string> {
    const server = new Server();
    const definition = grpcServiceDefinition(WorkflowService);
    server.addService(definition, {
      getSystemInfo: (_call: unknown, callback: (error: object | null, value?: object) => void) =>
        getSystemInfo(callback),
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    cleanUps.push(() => {
      server.forceShutdown();
    });
    return `127.0.0.1:${String(port)}`;
  }

  it('connects and keeps what the server can do', async () => {
    const address = await serve((callback) =>
      callback(null, { serverVersion: '1', capabilities: { buildIdBasedVersioning: true } }),
    );
    const connection = await Connection.connect({ address });
    cleanUps.push(() => connection.close());
    expect(connection.capabilities.buildIdBasedVersioning).toBe(true);
  });

  it('names the address and the remedy when nobody answers', async () => {
    const failure = await Connection.connect({ address: '127.0.0.1:1', connectTimeout: 50 }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ServiceError);
    expect(String(failure)).toMatch(/No server answered at 127\.0\.0\.1:1 .*start-dev/);
  });

  it('ends a call at its deadline', async () => {
    const address = await serve(() => undefined);
    const connection = Connection.lazy({ address });
    cleanUps.push(() => connection.close());
    const failure = await connection
      .withDeadline(Date.now() + 50, () => connection.workflowService.getSystemInfo({}))
      .catch((error: unknown) => error);
    expect(isGrpcDeadlineError(failure)).toBe(true);
  });

  it('refuses an address with a scheme', () => {
    expect(() => Connection.lazy({ address: 'http://localhost:7233' })).toThrow("got 'http://localhost:7233'");
  });
});
