import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect as connectSocket } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Connection, ServiceError } from '@reprise/client';
import type { TLSConfig } from '@reprise/client';
import { startServer } from '@reprise/server-lite';
import type { RunningServer, ServerOptions } from '@reprise/server-lite';
import { afterEach, describe, expect, it } from 'vitest';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function certificate(name: string): Promise<Buffer> {
  return readFile(new URL(`certificates/${name}`, import.meta.url));
}

async function serve(options: ServerOptions): Promise<RunningServer> {
  const server = await startServer({ logLevel: 'none', port: 0, ...options });
  cleanUps.push(() => server.stop());
  return server;
}

async function connect(options: Parameters<typeof Connection.connect>[0]): Promise<Connection> {
  const connection = await Connection.connect({ connectTimeout: '2s', ...options });
  cleanUps.push(() => connection.close());
  return connection;
}

/** A server that asks for certificates, and what its clients need. */
async function serveSecurely(): Promise<{ address: string; tls: Required<TLSConfig> }> {
  const [ca, crt, key, clientCrt, clientKey] = await Promise.all(
    ['ca.pem', 'server.pem', 'server.key', 'client.pem', 'client.key'].map(certificate),
  );
  if (!ca || !crt || !key || !clientCrt || !clientKey) throw new Error('Expected five certificate files');
  const { address } = await serve({ tls: { certificate: crt, key, clientCa: ca } });
  const tls = {
    serverRootCACertificate: ca,
    serverNameOverride: 'server.test',
    clientCertPair: { crt: clientCrt, key: clientKey },
  };
  return { address, tls };
}

/** A proxy that leads where it is asked to. */
async function startProxy(): Promise<string> {
  const proxy = createServer();
  proxy.on('connect', (request, client: Socket) => {
    const [host, port] = (request.url ?? '').split(':');
    const server = connectSocket(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    for (const socket of [client, server]) socket.on('error', () => undefined);
  });
  cleanUps.push(async () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
}

describe('a connection over TLS', () => {
  it('checks the server, and shows its own certificate', async () => {
    const { address, tls } = await serveSecurely();
    const connection = await connect({ address, tls });
    expect((await connection.workflowService.getSystemInfo({})).serverVersion).toBeTypeOf('string');

    const { clientCertPair, ...anonymous } = tls;
    expect(clientCertPair).toBeDefined();
    await expect(connect({ address, tls: anonymous })).rejects.toBeInstanceOf(ServiceError);
    await expect(connect({ address, tls: { clientCertPair: tls.clientCertPair } })).rejects.toThrow(/with TLS/);
    await expect(connect({ address })).rejects.toThrow(/without TLS/);
  });

  it.each([['of our own'], ['of grpc-js']])(
    'goes through a proxy, with a key that is locked and channels %s',
    async (whose) => {
      const { address, tls } = await serveSecurely();
      const interceptors = whose === 'of grpc-js' ? { interceptors: [] } : {};
      const { crt, key } = tls.clientCertPair;
      const locked = createPrivateKey(Buffer.from(key)).export({
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: 'secret',
      });
      const clientCertPair = { crt, key: Buffer.from(locked), passphrase: 'secret' };
      const connection = await connect({
        address,
        tls: { ...tls, clientCertPair },
        proxy: { type: 'http-connect', targetHost: await startProxy() },
        ...interceptors,
      });
      expect((await connection.workflowService.getSystemInfo({})).serverVersion).toBeTypeOf('string');
    },
  );
});

describe('a connection with an API key', () => {
  it('shows the key at each call, and another one where told so', async () => {
    const { address } = await serve({ apiKeys: ['first', 'second'] });
    let key = 'first';
    const connection = await connect({ address, apiKey: () => key, tls: false });
    const call = (): Promise<unknown> => connection.workflowService.listNamespaces({});
    await expect(call()).resolves.toBeDefined();
    key = 'wrong';
    await expect(call()).rejects.toThrow();
    await expect(connection.withApiKey('second', call)).resolves.toBeDefined();
    connection.setApiKey('second');
    await expect(call()).resolves.toBeDefined();
  });
});

describe('a lazy connection', () => {
  it('connects at its first call, and after its server came back', async () => {
    const first = await startServer({ logLevel: 'none', port: 0 });
    const { address } = first;
    const connection = Connection.lazy({ address });
    cleanUps.push(() => connection.close());
    await expect(connection.workflowService.getSystemInfo({})).resolves.toBeDefined();
    await first.stop();
    const call = connection.workflowService.getSystemInfo({});
    await serve({ port: Number(address.split(':')[1]) });
    await expect(call).resolves.toBeDefined();
  });
});
