import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanUp, onCleanUp, replyHeaders, serve } from './http2-server.suite.ts';

afterEach(cleanUp);

/** Runs code in a process of its own that has `Connection`; gives what it prints when it has ended. */
async function runScript(code: string): Promise<string> {
  const script = `
    import { createRequire } from 'node:module';
    import { Connection } from ${JSON.stringify(new URL('../connection.ts', import.meta.url).href)};
    ${code}
  `;
  const controller = new AbortController();
  onCleanUp(() => controller.abort());
  const child = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    signal: controller.signal,
  });
  return (await child).stdout.trim();
}

/** Connects, and gives which of the large parts of gRPC were loaded for it. */
function loadedBy(address: string, options: string): Promise<string> {
  return runScript(`
    const connection = await Connection.connect({ address: ${JSON.stringify(address)}, ${options} });
    await connection.close();
    const files = Object.keys(createRequire(import.meta.url).cache).join();
    const loaded = [
      files.includes('grpc-js') && 'grpc-js',
      process.moduleLoadList.includes('NativeModule internal/http2/core') && 'http2',
    ];
    console.log(loaded.filter(Boolean).join() || 'neither');
  `);
}

describe('connectGrpc', () => {
  it.each([
    ['neither', "metadata: { a: 'b' }"],
    ['grpc-js,http2', 'interceptors: []'],
  ])('loads %s for { %s }', async (loaded, options) => {
    const server = await serve((asked) => replyHeaders(asked, { 'grpc-status': 12 }));
    expect(await loadedBy(server.address, options)).toBe(loaded);
  });

  it('lets a process end that has left its connection open', async () => {
    const server = await serve((asked) => replyHeaders(asked, { 'grpc-status': 12 }));
    const connect = `await Connection.connect({ address: ${JSON.stringify(server.address)} });`;
    expect(await runScript(`${connect} console.log('done');`)).toBe('done');
  });
});
