import { connect as connectSocket, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { call, cleanUp, connect, echoing, failureOf, hello, onCleanUp, reply, serve } from '../http2-server.suite.ts';
import type { Asked } from '../http2-server.suite.ts';

afterEach(cleanUp);

/** Stands between a client and a server, until it loses what it is given. */
async function startRelay(port: number): Promise<{ address: string; fallSilent(): void }> {
  const sockets: Socket[] = [];
  const relay = createServer((client) => {
    const server = connectSocket(port, '127.0.0.1');
    for (const socket of [client, server]) sockets.push(socket.on('error', () => undefined));
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  onCleanUp(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  const fallSilent = (): void => {
    for (const socket of sockets) socket.unpipe().resume();
  };
  return { address: `127.0.0.1:${String((relay.address() as AddressInfo).port)}`, fallSilent };
}

describe('a connection over gRPC', () => {
  it('fails calls at once while nobody listens, and recovers', async () => {
    const server = await serve(echoing);
    const { port, address } = server;
    await server.stop();
    const transport = connect(address, { channelArgs: { 'grpc.initial_reconnect_backoff_ms': 20 } });
    expect(await failureOf(call(transport))).toMatchObject({
      code: 14,
      details: `No connection established. Last error: Error: connect ECONNREFUSED ${address}. Resolution note: `,
    });
    const ready = transport.waitForReady(Date.now() + 20_000);
    await serve(echoing, {}, port);
    await ready;
    expect(Buffer.from(await call(transport))).toEqual(hello);
  });

  it('says that a name is not known', async () => {
    const failure = await failureOf(call(connect('nobody.invalid:7233')));
    expect(failure).toMatchObject({ code: 14, details: 'Name resolution failed for target dns:nobody.invalid:7233' });
  });

  it('says that the other side does not speak HTTP/2', async () => {
    const other = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.9\r\n'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onCleanUp(() => void other.close());
    const failure = await failureOf(call(connect(`127.0.0.1:${String((other.address() as AddressInfo).port)}`)));
    expect(failure.details).toMatch(/the other side does not speak HTTP\/2/);
  });

  it('fails the calls that a cut connection carried, and makes another for the next', async () => {
    const server = await serve((asked) => (asked.message.length === 5 ? undefined : echoing(asked)));
    const transport = connect(server);
    const calls = Array.from({ length: 10 }, () => failureOf(call(transport)));
    while (server.asked.length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    server.cut();
    for (const failure of await Promise.all(calls)) expect(failure.code).toBe(14);
    expect(Buffer.from(await call(transport, {}, Buffer.from('another'))).toString()).toBe('another');
  });

  it('loses no call when the server asks it to leave, again and again', async () => {
    let times = 0;
    const server = await serve((asked) => {
      // What the server has begun it also finishes.
      if (++times % 50 === 0) for (const session of server.sessions) session.close();
      setTimeout(() => echoing(asked), times % 3);
    });
    const transport = connect(server);
    const lane = async (): Promise<void> => {
      for (let n = 0; n < 50; n++) expect(hello.equals(await call(transport))).toBe(true);
    };
    await Promise.all(Array.from({ length: 20 }, lane));
    expect(times).toBe(1_000);
  });

  it('holds to the streams that the server allows, and lets waiting calls go when they are given up', async () => {
    let open = 0;
    let most = 0;
    const server = await serve(
      (asked) => {
        most = Math.max(most, ++open);
        setTimeout(() => {
          open--;
          echoing(asked);
        }, 2);
      },
      { maxConcurrentStreams: 3 },
    );
    const transport = connect(server);
    await transport.waitForReady(Date.now() + 10_000);
    const controller = new AbortController();
    const calls = Array.from({ length: 30 }, () => call(transport));
    const given = Array.from({ length: 5 }, () => failureOf(call(transport, { signal: controller.signal })));
    controller.abort();
    expect((await Promise.all(given)).map(({ code }) => code)).toEqual([1, 1, 1, 1, 1]);
    expect(await Promise.all(calls)).toHaveLength(30);
    expect(most).toBe(3);
    expect(server.asked).toHaveLength(30);
  });

  it('carries a thousand long polls at once', async () => {
    const polls: Asked[] = [];
    const server = await serve((asked) => {
      polls.push(asked);
      if (polls.length === 1_000) for (const one of polls) reply(one, one.message);
    });
    const transport = connect(server);
    const { signal } = new AbortController();
    const calls = Array.from({ length: 1_000 }, (_, n) =>
      call(transport, { signal, deadlineMs: Date.now() + 70_000 }, Buffer.from(String(n))),
    );
    const answers = await Promise.all(calls);
    expect(answers.map((message) => Number(Buffer.from(message).toString()))).toEqual(answers.map((_, n) => n));
    expect(server.sessions.size).toBe(1);
  });

  it('notices a server that has gone silent', async () => {
    const server = await serve(() => undefined);
    const relay = await startRelay(server.port);
    const channelArgs = { 'grpc.keepalive_time_ms': 50, 'grpc.keepalive_timeout_ms': 50 };
    const outcome = failureOf(call(connect(relay.address, { channelArgs })));
    while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    relay.fallSilent();
    expect(await outcome).toMatchObject({ code: 14, details: 'Ping timeout' });
  });

  it('ends calls when it is closed, and takes no others', async () => {
    const server = await serve(() => undefined);
    const transport = connect(server);
    const outcome = failureOf(call(transport));
    while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await transport.close();
    expect(await outcome).toMatchObject({ code: 14, details: 'Channel closed' });
    expect(await failureOf(call(transport))).toMatchObject({ code: 1, details: 'Channel has been shut down' });
    while (server.sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
