import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { dial } from './dial.ts';

const server = createServer();
afterEach(() => void server.close());

const listen = (): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

test('an address at which something listens is reached', async () => {
  const port = await listen();
  expect(await dial(`127.0.0.1:${port}`)).toEqual({ reached: `127.0.0.1:${port}` });
  expect(await dial(`localhost:${port}`)).toEqual({ reached: `127.0.0.1:${port}` });
});

const dialling = (text: string) => `connection error: desc = "transport: Error while dialing: ${text}"`;

test('one at which nothing listens is not', async () => {
  const port = await listen();
  await new Promise((resolve) => server.close(resolve));
  expect(await dial(`localhost:${port}`)).toEqual({
    problem: dialling(`dial tcp 127.0.0.1:${port}: connect: connection refused`),
  });
});

test.each([
  ['', 'dns resolver: missing address'],
  ['localhost:', 'dns resolver: missing port after port-separator colon'],
  ['a:b:c', 'invalid target address a:b:c, error info: address a:b:c:443: too many colons in address'],
  ['127.0.0.1:x', dialling('dial tcp: lookup tcp/x: unknown port')],
  ['[::1]:99999', dialling('dial tcp: address 99999: invalid port')],
  ['nosuch.invalid:1', 'no children to pick from'],
])('%j is no address', async (address, problem) => {
  expect(await dial(address)).toEqual({ problem });
});
