/** What only a network shows: health, reflection, messages that are none, and messages that are too large. */
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { decodeReflectionRequest, fileWithSymbol, Health, WorkflowService } from '@reprise/proto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from './server.ts';
import type { ServerOptions } from './server-options.ts';

const invalidArgument = 3;
const exhausted = 8;
const internal = 13;
const unimplemented = 12;
const unauthenticated = 16;

let server: RunningServer;
let client: Client;

async function start(options: ServerOptions = {}): Promise<void> {
  server = await startServer({ port: 0, ...options });
  client = new Client(server.address, credentials.createInsecure(), { 'grpc.max_send_message_length': -1 });
}
beforeEach(async () => {
  await start();
});
afterEach(async () => {
  client.close();
  await server.stop();
});

const same = (bytes: Uint8Array): Buffer => Buffer.from(bytes);

function send(path: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Buffer> {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return new Promise((resolve, reject) => {
    const options = { deadline: Date.now() + 10_000 };
    client.makeUnaryRequest(path, same, same, bytes, metadata, options, (error, response) =>
      error ? reject(error) : resolve(response ?? Buffer.alloc(0)),
    );
  });
}

async function codeOf(answer: Promise<unknown>): Promise<number | undefined> {
  return await answer.then(
    () => undefined,
    (error: ServiceError) => error.code,
  );
}

const pathOf = (method: keyof (typeof WorkflowService)['methods']): string => WorkflowService.methods[method].path;
const { check } = Health.methods;

describe('bad messages', () => {
  test.each([
    ['no message at all', Uint8Array.from([0xff, 0xff, 0xff])],
    ['a length that goes past the end', Uint8Array.from([0x0a, 0x7f, 1])],
    ['groups that never end', new Uint8Array(10_000).fill(0x0b)],
    ['messages in messages, a hundred thousand deep', nested(100_000)],
  ])('%s: an error, and the server goes on', async (_name, bytes) => {
    expect([invalidArgument, internal]).toContain(await codeOf(send(pathOf('startWorkflowExecution'), bytes)));
    await send(pathOf('getSystemInfo'), new Uint8Array());
  });

  test('a message of more than 4 MiB is refused', async () => {
    const large = WorkflowService.methods.signalWorkflowExecution.encodeRequest({
      namespace: 'default',
      input: { payloads: [{ data: new Uint8Array(5 * 1024 * 1024) }] },
    });
    expect(await codeOf(send(pathOf('signalWorkflowExecution'), large))).toBe(exhausted);
    await send(pathOf('getSystemInfo'), new Uint8Array());
  });

  test('a method that does not exist', async () => {
    expect(await codeOf(send(`/${WorkflowService.name}/NoSuchMethod`, new Uint8Array()))).toBe(unimplemented);
    expect(await codeOf(send('/no.such.Service/Method', new Uint8Array()))).toBe(unimplemented);
  });
});

/** Failures with causes with causes, as an activity might report them. */
function nested(depth: number): Uint8Array {
  const cause = 0x22;
  const lengths: number[][] = [];
  let size = 0;
  for (let level = 0; level < depth; level++) {
    const bytes: number[] = [];
    for (let rest = size; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) {
        bytes.push(rest);
        break;
      }
      bytes.push((rest & 127) | 128);
    }
    lengths.push([cause, ...bytes]);
    size += bytes.length + 1;
  }
  return Uint8Array.from(lengths.toReversed().flat());
}

describe('health', () => {
  test('is told to everybody, keys or not', async () => {
    await server.stop();
    await start({ apiKeys: ['key'] });
    const response = check.decodeResponse(await send(check.path, check.encodeRequest({ service: '' })));
    expect(response).toEqual({ status: 1 });
    expect(await codeOf(send(check.path, check.encodeRequest({ service: 'no.such.Service' })))).toBe(5);
  });

  test('is told to whoever watches, until the server stops', async () => {
    const { watch } = Health.methods;
    const request = watch.encodeRequest({ service: WorkflowService.name });
    const stream = client.makeServerStreamRequest(watch.path, same, same, request, new Metadata());
    const states: unknown[] = [];
    const first = Promise.withResolvers<void>();
    stream.on('data', (bytes: Buffer) => {
      states.push(watch.decodeResponse(bytes));
      first.resolve();
    });
    const ended = new Promise((resolve) => stream.on('end', resolve));
    await first.promise;
    await server.stop();
    await ended;
    expect(states).toEqual([{ status: 1 }, { status: 2 }]);
  });
});

describe('reflection', () => {
  /** Field 7 lists services, field 4 asks for the file of a symbol. */
  const ask = (number: number, value: string): Buffer =>
    Buffer.from([(number << 3) | 2, value.length, ...Buffer.from(value)]);

  function reflect(service: string, request: Buffer, headers: Record<string, string> = {}): Promise<Buffer> {
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
    const path = `/${service}/ServerReflectionInfo`;
    const stream = client.makeBidiStreamRequest(path, same, same, metadata);
    return new Promise((resolve, reject) => {
      stream.on('data', resolve);
      stream.on('error', reject);
      stream.write(request);
      stream.end();
    });
  }

  test.each(['grpc.reflection.v1.ServerReflection', 'grpc.reflection.v1alpha.ServerReflection'])(
    '%s tells of services and their messages',
    async (service) => {
      const list = (await reflect(service, ask(7, ''))).toString('latin1');
      for (const name of [WorkflowService.name, 'grpc.health.v1.Health', service]) expect(list).toContain(name);
      expect(list).not.toContain('TestService');
      const files = await reflect(service, ask(4, WorkflowService.name));
      for (const symbol of [WorkflowService.name, 'temporal.api.common.v1.Payload', 'google.protobuf.Duration']) {
        expect(files.includes(Buffer.from(fileWithSymbol(symbol)?.bytes ?? []))).toBe(true);
      }
      const unknown = await reflect(service, ask(4, 'no.such.Thing'));
      expect(unknown.toString('latin1')).toContain('symbol not found: no.such.Thing');
      expect(decodeReflectionRequest(ask(4, 'a')).kind).toBe('fileWithSymbol');
    },
  );

  test('wants a key where calls do', async () => {
    await server.stop();
    await start({ apiKeys: ['key'] });
    const service = 'grpc.reflection.v1.ServerReflection';
    expect(await codeOf(reflect(service, ask(7, '')))).toBe(unauthenticated);
    await reflect(service, ask(7, ''), { authorization: 'Bearer key' });
  });
});
