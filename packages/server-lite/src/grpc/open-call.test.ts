/** What callers get who do not call as they should, and those who do. */
import { connect, type ClientHttp2Session } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { WorkflowService } from '@reprise/proto';
import { FrameFlag, FrameType } from '@reprise/proto/http2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frame, RawClient } from '../http2/raw-client.suite.ts';
import { type RunningServer, startServer } from '../server.ts';
import { frameMessage } from './message-reader.ts';

const path = (method: string): string => `/${WorkflowService.name}/${method}`;
const getSystemInfo = path('GetSystemInfo');

let server: RunningServer;
let session: ClientHttp2Session;
beforeAll(async () => {
  server = await startServer({ port: 0 });
  session = connect(`http://${server.address}`);
});
afterAll(async () => {
  session.close();
  await server.stop();
});

interface Answer {
  readonly http: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly bytes: number;
}

function call(body: Buffer | undefined, headers: Record<string, string> = {}): Promise<Answer> {
  const stream = session.request({
    ':method': 'POST',
    ':path': getSystemInfo,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  const heard: Record<string, unknown> = {};
  let bytes = 0;
  stream.on('response', (found) => Object.assign(heard, found));
  stream.on('trailers', (found) => Object.assign(heard, found));
  stream.on('data', (part: Buffer) => (bytes += part.length));
  stream.end(body);
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.on('close', () => {
      const text = (name: string): string | undefined => heard[name] as string | undefined;
      resolve({ http: Number(heard[':status']), code: text('grpc-status'), message: text('grpc-message'), bytes });
    });
  });
}

const empty = frameMessage(Buffer.alloc(0));
const compressed = (bytes: Buffer): Buffer => {
  const framed = frameMessage(bytes);
  framed[0] = 1;
  return framed;
};
const large = Buffer.alloc(6 * 1024 * 1024);

describe('a call that works', () => {
  test.each<[name: string, body: Buffer, headers: Record<string, string>]>([
    ['as it is', empty, {}],
    ['with another type of content', empty, { 'content-type': 'application/grpc+proto' }],
    ['with time left', empty, { 'grpc-timeout': '10S' }],
    ['compressed by gzip', compressed(gzipSync('')), { 'grpc-encoding': 'gzip' }],
    ['compressed by deflate', compressed(deflateSync('')), { 'grpc-encoding': 'deflate' }],
    ['compressed in a way that was not used', empty, { 'grpc-encoding': 'snappy' }],
  ])('%s', async (_name, body, headers) => {
    const { http, code, message, bytes } = await call(body, headers);
    expect({ http, code, message }).toEqual({ http: 200, code: '0', message: undefined });
    expect(bytes).toBeGreaterThan(5);
  });
});

type Refusal = [name: string, body: Buffer | undefined, headers: Record<string, string>, code: number, message: string];

describe('a call that does not', () => {
  test.each<Refusal>([
    ['no message', undefined, {}, 12, `Received no request message for the method ${getSystemInfo}`],
    ['part of one', Buffer.from([0, 0, 0]), {}, 12, `Received no request message for the method ${getSystemInfo}`],
    ['two', Buffer.concat([empty, empty]), {}, 12, `Received a second request message for the method ${getSystemInfo}`],
    [
      'one that is none',
      frameMessage(Buffer.from([0xff])),
      { ':path': path('StartWorkflowExecution') },
      13,
      'Error deserializing request',
    ],
    ['one that is too large', frameMessage(large), {}, 8, 'Received message larger than max (6291456 vs 4194304)'],
    [
      'one that becomes too large',
      compressed(gzipSync(large)),
      { 'grpc-encoding': 'gzip' },
      8,
      'Received message that decompresses to a size larger than 4194304',
    ],
    ['bad compression', compressed(Buffer.from('x')), { 'grpc-encoding': 'gzip' }, 13, 'Failed to decompress message'],
    [
      'unknown compression',
      compressed(Buffer.from('x')),
      { 'grpc-encoding': 'snappy' },
      12,
      'Received message compressed with unsupported encoding "snappy"',
    ],
    ['an unknown method', empty, { ':path': '/a.b/C' }, 12, 'The server does not implement the method /a.b/C'],
    ['a timeout that is none', empty, { 'grpc-timeout': 'soon' }, 13, 'Invalid grpc-timeout value "soon"'],
    [
      'an error of a handler, in signs that no header may have',
      frameMessage(Buffer.from([10, 4, 0xc3, 0xa9, 0x25, 0x0a])),
      { ':path': path('DescribeNamespace') },
      5,
      'Namespace %C3%A9%25%0A is not found.',
    ],
  ])('%s', async (...[, body, headers, code, message]: Refusal) => {
    expect(await call(body, headers)).toEqual({ http: 200, code: String(code), message, bytes: 0 });
  });

  test('another type of content', async () => {
    expect(await call(empty, { 'content-type': 'application/json' })).toMatchObject({ http: 415, code: undefined });
  });

  test('more headers than allowed', async () => {
    const [host = '', port] = server.address.split(':');
    const client = new RawClient(connectTcp(Number(port), host));
    // One header of 4,000 bytes, and twenty times the same one.
    const remembered = Buffer.concat([Buffer.from([0x40, 1, 0x61, 0x7f, 0xa1, 0x1e]), Buffer.alloc(4000, 'x')]);
    const block = Buffer.concat([remembered, Buffer.alloc(20, 0xbe)]);
    client.begin(frame(FrameType.HEADERS, FrameFlag.END_HEADERS | FrameFlag.END_STREAM, 1, block));
    expect(await client.hearHeaders(1)).toMatchObject({
      'grpc-status': '8',
      'grpc-message': 'Received more metadata than allowed',
    });
    client.socket.destroy();
  });
});
