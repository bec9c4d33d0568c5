import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPublishedSdk } from './install.ts';
import { startServer, type ServerProcess } from '../server-process.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

async function runScript(name: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [`src/${name}`, ...args], {
    cwd: folder,
    timeout: 200_000,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

describe('the published SDK, client and worker unchanged', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    installPublishedSdk();
    server = await startServer();
  });
  afterAll(() => server?.stop());

  it('runs a workflow with an activity, a timer and a signal against this server', async () => {
    const outcome = await runScript('hello.ts', [server.address]);
    expect(outcome).toMatchObject({ result: 'Hello, World! (approved by Ada)', status: 'COMPLETED' });
  });

  it('runs activities without a workflow', async () => {
    expect(await runScript('activity.ts', [server.address])).toEqual({
      result: 'Ada, attempt 2, half way, without a workflow',
      status: 'COMPLETED',
      attempt: 2,
      error: 'ActivityExecutionFailedError',
      cause: 'CancelledFailure',
      listed: ['cancelled', 'flaky'],
      count: 2,
    });
  });
});
