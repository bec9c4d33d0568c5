/** A client that says what it is told to, frame by frame, and tells what it hears. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import {
  clientPreface,
  FrameReader,
  FrameType,
  HeaderDecoder,
  type HeaderField,
  settingsFrame,
  wholeFrame,
} from '@reprise/proto/http2';
import { ServerConnection, type ServerConnectionOptions } from './server-connection.ts';

export interface HeardFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

export const frame = (type: number, flags: number, streamId: number, payload?: Uint8Array): Buffer =>
  wholeFrame({ type, flags, streamId }, payload);

export class RawClient {
  readonly heard: HeardFrame[] = [];
  readonly socket: Socket;
  readonly #decoder = new HeaderDecoder({ mostListBytes: 65_536 });
  #looks: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    const reader = new FrameReader(({ type, flags, streamId, bytes, start, end }) => {
      this.heard.push({ type, flags, streamId, payload: Buffer.from(bytes.subarray(start, end)) });
    });
    socket.on('data', (chunk: Buffer) => {
      reader.push(chunk);
      for (const look of this.#looks.splice(0)) look();
    });
    socket.on('error', () => {});
  }

  say(...frames: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** With the preface and settings that every client begins with. */
  begin(...frames: readonly Uint8Array[]): void {
    this.say(clientPreface, settingsFrame([]), ...frames);
  }

  /** Waits until it has heard such a frame, and takes it away. */
  async hear(type: number, streamId = 0): Promise<HeardFrame> {
    for (;;) {
      const index = this.heard.findIndex((one) => one.type === type && one.streamId === streamId);
      const [found] = index < 0 ? [] : this.heard.splice(index, 1);
      if (found) return found;
      await new Promise<void>((resolve) => this.#looks.push(resolve));
    }
  }

  /** The header fields of a stream's next HEADERS. */
  async hearHeaders(streamId: number): Promise<Record<string, string>> {
    const { payload } = await this.hear(FrameType.HEADERS, streamId);
    const fields: Record<string, string> = {};
    const takeHeader = ([name, value]: HeaderField): void => void (fields[name] = value);
    this.#decoder.decode(payload, 0, payload.length, { takeHeader });
    return fields;
  }

  /** The code that the server goes away with. */
  async hearGoAway(): Promise<number> {
    return (await this.hear(FrameType.GOAWAY)).payload.readUInt32BE(4);
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }
}

export interface RawServer extends AsyncDisposable {
  connect(): Promise<RawClient>;
  readonly connections: readonly ServerConnection[];
}

export async function rawServer(
  request: ServerConnectionOptions['request'],
  limits: Partial<ServerConnectionOptions> = {},
): Promise<RawServer> {
  const connections: ServerConnection[] = [];
  const defaults = { mostStreams: 100, mostHeaderBytes: 16_384, streamWindowBytes: 65_535 };
  const server = createServer({ noDelay: true }, (socket) => {
    connections.push(new ServerConnection(socket, { ...defaults, ...limits, request }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const clients: Socket[] = [];
  return {
    connections,
    async connect() {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      clients.push(socket);
      await once(socket, 'connect');
      return new RawClient(socket);
    },
    async [Symbol.asyncDispose]() {
      for (const connection of connections) connection.destroy();
      for (const socket of clients) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
