import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { dial } from './dial.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => onConnection(socket.on('error', () => undefined)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const never = new AbortController().signal;
const tunnel = { address: 'shop:7233', credentials: 'ada:secret' };

/** Dials through a proxy that answers with this text. */
async function throughProxy(answer: string): Promise<{ socket: Socket; asked: string }> {
  let asked = '';
  const port = await listen((socket) => {
    socket.on('data', (chunk: Buffer) => {
      asked += chunk.toString();
      if (asked.endsWith('\r\n\r\n')) socket.end(answer);
    });
  });
  return { socket: await dial({ target: { host: '127.0.0.1', port }, tunnel, tls: undefined }, never), asked };
}

describe('dial', () => {
  it('finds the one address of several that answers', async () => {
    // Nobody listens at the other address of this name, if it has another.
    const port = await listen((socket) => socket.end('hello'));
    const socket = await dial({ target: { host: 'localhost', port }, tunnel: undefined, tls: undefined }, never);
    const [chunk] = (await socket.take(1).toArray()) as Buffer[];
    expect(chunk?.toString()).toBe('hello');
  });

  it('says why no address answers', async () => {
    const port = await listen(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const refused = dial({ target: { host: '127.0.0.1', port }, tunnel: undefined, tls: undefined }, never);
    await expect(refused).rejects.toThrow(`connect ECONNREFUSED 127.0.0.1:${String(port)}`);
    const unknown = dial({ target: { host: 'nobody.invalid', port }, tunnel: undefined, tls: undefined }, never);
    await expect(unknown).rejects.toThrow('Name resolution failed for target dns:nobody.invalid');
  });

  it('asks a proxy for the server, and keeps what comes right after its answer', async () => {
    const { socket, asked } = await throughProxy('HTTP/1.1 200 Fine\r\nVia: x\r\n\r\nfirst bytes');
    expect(asked).toBe(
      'CONNECT shop:7233 HTTP/1.1\r\nHost: shop:7233\r\nProxy-Authorization: Basic YWRhOnNlY3JldA==\r\n\r\n',
    );
    const [chunk] = (await socket.take(1).toArray()) as Buffer[];
    expect(chunk?.toString()).toBe('first bytes');
  });

  it.each([
    [
      'refuses',
      'HTTP/1.1 407 Who are you\r\n\r\n',
      'The proxy did not open the way to shop:7233: HTTP/1.1 407 Who are you',
    ],
    ['hangs up', 'HTTP/1.1 200', 'The proxy closed the connection'],
    ['is no proxy', '?'.repeat(20_000), 'The proxy did not answer as a proxy does'],
  ])('says so when the proxy %s', async (_what, answer, message) => {
    await expect(throughProxy(answer)).rejects.toThrow(message);
  });

  it('gives up when told to, also while a proxy keeps it waiting', async () => {
    const [asked, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const port = await listen((socket) => socket.on('data', () => asked.resolve()).on('close', () => closed.resolve()));
    const controller = new AbortController();
    const outcome = dial({ target: { host: '127.0.0.1', port }, tunnel, tls: undefined }, controller.signal);
    await Promise.all([
      expect(outcome).rejects.toThrow('enough'),
      asked.promise.then(() => controller.abort(new Error('enough'))),
    ]);
    await closed.promise;
  });
});
