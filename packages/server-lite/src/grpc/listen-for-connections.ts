import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { ServerConnection } from '../http2/server-connection.ts';
import type { Route } from './grpc-stream.ts';
import { openCall } from './open-call.ts';

export interface TlsOptions {
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** When given, clients must show a certificate that it has signed. */
  readonly clientCa?: Buffer | undefined;
}

export interface ListeningOptions {
  readonly ip: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly maxReceiveBytes: number;
  readonly tls?: TlsOptions | undefined;
  /** By `/service/Method`. */
  readonly routes: ReadonlyMap<string, Route>;
}

export interface Listening {
  readonly port: number;
  /** Takes no more calls, waits for those under way, then cuts those that are left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const mostStreams = 100_000;
const mostHeaderBytes = 64 * 1024;

/** @throws Error with a `code` of the operating system when the address cannot be had */
export async function listenForConnections(options: ListeningOptions): Promise<Listening> {
  const { ip, port, maxReceiveBytes, tls, routes } = options;
  const connections = new Map<Socket, ServerConnection>();
  const calls = { routes, mostBytes: maxReceiveBytes };
  const accept = (socket: Socket): void => {
    const connection = new ServerConnection(socket, {
      mostStreams,
      mostHeaderBytes,
      // A message of the largest size, and what is around it.
      streamWindowBytes: maxReceiveBytes + mostHeaderBytes,
      request: (stream, fields, tooLarge) => openCall(stream, { fields, tooLarge }, calls),
    });
    connections.set(socket, connection);
    socket.once('close', () => connections.delete(socket));
  };
  const server = tls ? tlsServer(tls, accept) : createServer({ noDelay: true, keepAlive: true }, accept);
  // TLS connections that are not set up yet have no place among those of HTTP/2.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: ip, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop(graceMs) {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections.values()) connection.leave();
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function tlsServer(tls: TlsOptions, accept: (socket: Socket) => void): Server {
  const { certificate, key, clientCa } = tls;
  const clients = clientCa ? { ca: clientCa, requestCert: true, rejectUnauthorized: true } : {};
  const options = { cert: certificate, key, ...clients, ALPNProtocols: ['h2'], noDelay: true, keepAlive: true };
  const server = createTlsServer(options, (socket: TLSSocket) => {
    if (socket.alpnProtocol === 'h2') accept(socket);
    else socket.destroy();
  });
  // Whoever cannot be agreed with hears of it from TLS itself.
  server.on('tlsClientError', () => {});
  return server;
}
