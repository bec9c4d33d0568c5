/** An HTTP/2 server that answers calls as a test says, and can be cut off. */
import { createServer } from 'node:http2';
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream, Settings } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { RpcError } from '@reprise/proto';
import type { CallOptions } from '@reprise/proto';
import { completeConnectionOptions } from '../connection-options.ts';
import type { ConnectionOptions } from '../connection-options.ts';
import { planChannel } from './channel-plan.ts';
import { GrpcTransport } from './grpc-transport.ts';

export interface Asked {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  /** 1 for a compressed message. */
  readonly flag: number;
  /** Without its prefix. */
  readonly message: Buffer;
}

export class TestServer {
  readonly server: Http2Server;
  readonly sessions = new Set<ServerHttp2Session>();
  readonly sockets = new Set<Socket>();
  readonly asked: Asked[] = [];

  private constructor(answer: (asked: Asked) => void, settings: Settings) {
    this.server = createServer({ settings });
    this.server.on('session', (session) => {
      this.sessions.add(session);
      session.on('close', () => this.sessions.delete(session)).on('error', () => undefined);
    });
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server.on('stream', (stream: ServerHttp2Stream, headers) => {
      const pieces: Buffer[] = [];
      stream.on('error', () => undefined);
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const body = Buffer.concat(pieces);
        const asked = { stream, headers, flag: body[0] ?? 0, message: body.subarray(5) };
        this.asked.push(asked);
        answer(asked);
      });
    });
  }

  static async start(answer: (asked: Asked) => void, settings: Settings = {}, port = 0): Promise<TestServer> {
    const started = new TestServer(answer, settings);
    await new Promise<void>((resolve) => started.server.listen(port, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${String(this.port)}`;
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Takes no more connections, and cuts those that there are. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const session of this.sessions) session.destroy();
    this.cut();
    await closed;
  }
}

/** A message with its prefix. */
export function framed(message: Uint8Array, flag = 0): Buffer {
  const prefix = Buffer.from([flag, 0, 0, 0, 0]);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** Answers with a message and status 0. */
export function reply({ stream }: Asked, message: Uint8Array, headers: Record<string, string> = {}, flag = 0): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...headers }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(framed(message, flag));
}

/** Answers with headers alone. */
export function replyHeaders({ stream }: Asked, headers: Record<string, string | number>): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...headers }, { endStream: true });
}

/** A transport with these options. */
export function transportTo(address: string, options: ConnectionOptions = {}): GrpcTransport {
  const plan = planChannel(completeConnectionOptions({ address, ...options }));
  if (plan === undefined) throw new Error('these options need grpc-js');
  return new GrpcTransport(plan);
}

/** A method whose messages are bytes. */
export const echo = {
  service: 'test.Service',
  name: 'Echo',
  path: '/test.Service/Echo',
  requestType: 'bytes',
  responseType: 'bytes',
  encodeRequest: (bytes: Uint8Array) => bytes,
  decodeRequest: (bytes: Uint8Array) => bytes,
  encodeResponse: (bytes: Uint8Array) => bytes,
  decodeResponse: (bytes: Uint8Array) => bytes,
};

const cleanUps: (() => void | Promise<void>)[] = [];

/** Undone by `cleanUp`, the last one first. */
export function onCleanUp(undo: () => void | Promise<void>): void {
  cleanUps.push(undo);
}

export async function cleanUp(): Promise<void> {
  for (const undo of cleanUps.splice(0).toReversed()) await undo();
}

export async function serve(answer: (asked: Asked) => void, settings: Settings = {}, port = 0): Promise<TestServer> {
  const server = await TestServer.start(answer, settings, port);
  onCleanUp(() => server.stop());
  return server;
}

export function connect(server: TestServer | string, options: ConnectionOptions = {}): GrpcTransport {
  const transport = transportTo(typeof server === 'string' ? server : server.address, options);
  onCleanUp(() => transport.close());
  return transport;
}

export const hello = Buffer.from('hello');

export function call(
  transport: GrpcTransport,
  options: CallOptions = {},
  message: Uint8Array = hello,
): Promise<Uint8Array> {
  return transport.unary(echo, message, options);
}

export async function failureOf(outcome: Promise<unknown>): Promise<RpcError> {
  const error = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RpcError)) throw new Error(`expected an RpcError, found ${String(error)}`);
  return error;
}

export const echoing = (asked: Asked): void => reply(asked, asked.message);
