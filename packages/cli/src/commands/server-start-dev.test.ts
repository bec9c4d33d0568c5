import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const EXECUTABLE = join(import.meta.dirname, '../../bin/reprise.js');

test('serves until it is asked to stop, with a ready line', async () => {
  const server = spawn(process.execPath, [
    EXECUTABLE,
    'server',
    'start-dev',
    '--port',
    '0',
    '--headless',
    '--ui-port',
    '1',
  ]);
  const exited = once(server, 'exit');
  let errors = '';
  server.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const [ready] = (await once(server.stdout, 'data')) as [Buffer];
  expect(ready.toString()).toMatch(/^Reprise server is ready at 127\.0\.0\.1:\d+ \(in memory\)\n$/);
  server.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(errors).toBe('--ui-port has no effect yet: there is no HTTP API and no web UI.\n');
});

test('a database that is not one is refused in a sentence', async () => {
  const server = spawn(process.execPath, [
    EXECUTABLE,
    'server',
    'start-dev',
    '--port',
    '0',
    '--db-filename',
    EXECUTABLE,
  ]);
  let errors = '';
  server.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  expect(await once(server, 'exit')).toEqual([1, null]);
  expect(errors).toMatch(/^reprise: the server did not start: .+\n$/);
});

test('options come from a file and the environment too, and the ready line names the metrics', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reprise-start-dev-'));
  writeFileSync(join(folder, 'server.json'), JSON.stringify({ port: 0, 'metrics-port': 0 }));
  const server = spawn(process.execPath, [EXECUTABLE, 'server', 'start-dev', '--config', 'server.json'], {
    cwd: folder,
    env: { ...process.env, REPRISE_SERVER_DB_FILENAME: 'kept.db' },
  });
  const exited = once(server, 'exit');
  const [ready] = (await once(server.stdout, 'data')) as [Buffer];
  expect(ready.toString()).toMatch(
    /^Reprise server is ready at 127\.0\.0\.1:\d+ \(in kept\.db\), metrics at http:\/\/127\.0\.0\.1:\d+\/metrics\n$/,
  );
  server.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(existsSync(join(folder, 'kept.db'))).toBe(true);
  rmSync(folder, { recursive: true });
});
