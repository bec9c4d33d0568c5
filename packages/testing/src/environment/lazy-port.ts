import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A port of loopback that is open. */
export interface LazyPort {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Opens a port that costs next to nothing until somebody connects: only then does the server behind it open its own, and
 * load what it needs for that.
 *
 * @param open opens the server's own port and resolves to its address
 */
export async function openLazyPort(open: () => Promise<string>): Promise<LazyPort> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    sockets.add(incoming);
    incoming.once('close', () => sockets.delete(incoming));
    void open().then(
      (address) => join(incoming, address),
      (error: unknown) => incoming.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A port that nobody uses does not keep the process alive.
  server.unref();
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server, sockets) };
}

function join(incoming: Socket, address: string): void {
  const [host, port] = address.split(':');
  const outgoing = connect({ host, port: Number(port) });
  outgoing.on('error', () => incoming.destroy());
  incoming.on('error', () => outgoing.destroy());
  outgoing.on('close', () => incoming.destroy());
  incoming.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing).pipe(incoming);
}

async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of sockets) socket.destroy();
  await closed;
}
