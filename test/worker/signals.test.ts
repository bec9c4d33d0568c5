import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startServer, type RunningServer } from '@reprise/server-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ port: 0, logLevel: 'error' });
});
afterAll(() => server.stop());

it.each(['SIGINT', 'SIGTERM'] as const)('stops its worker and exits by itself on %s', async (signal) => {
  const script = fileURLToPath(new URL('worker-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, server.address], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
});
