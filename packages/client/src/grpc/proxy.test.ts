import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { WorkflowService, grpcServiceDefinition } from '@reprise/proto';
import { afterEach, describe, expect, it } from 'vitest';
import { Connection } from '../connection.ts';

type Callback = (error: object | null, value?: object) => void;

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function startServer(): Promise<string> {
  const server = new Server();
  server.addService(grpcServiceDefinition(WorkflowService), {
    getSystemInfo: (_call: unknown, callback: Callback) => callback(null, { serverVersion: '1' }),
  });
  cleanUps.push(() => server.forceShutdown());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return `127.0.0.1:${String(port)}`;
}

/** A proxy that notes whom it was asked for, and by whom. */
async function startProxy(asked: { target: string | undefined; credentials: string | undefined }[]): Promise<string> {
  const proxy: HttpServer = createServer();
  proxy.on('connect', (request, client: Socket) => {
    asked.push({ target: request.url, credentials: request.headers['proxy-authorization'] });
    const [host, port] = (request.url ?? '').split(':');
    const server = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    server.on('error', () => client.destroy());
    client.on('error', () => server.destroy());
  });
  cleanUps.push(() => proxy.close());
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
}

describe('a connection with a proxy', () => {
  it('asks the proxy for the server, with the credentials it was given', async () => {
    const asked: { target: string | undefined; credentials: string | undefined }[] = [];
    const [address, targetHost] = await Promise.all([startServer(), startProxy(asked)]);
    const connection = await Connection.connect({
      address,
      proxy: { type: 'http-connect', targetHost, basicAuth: { username: 'ada', password: 'secret' } },
    });
    await connection.close();
    expect(asked).toEqual([{ target: address, credentials: `Basic ${Buffer.from('ada:secret').toString('base64')}` }]);
  });
});

describe('a connection that a worker uses', () => {
  it('is not closed before the worker has let go of it', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    const release = connection.retain();
    await expect(connection.close()).rejects.toThrow('while Workers hold a reference to it');
    release();
    await expect(connection.close()).resolves.toBeUndefined();
  });
});
