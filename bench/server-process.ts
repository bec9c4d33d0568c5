/** Our server in a process of its own, started as a user starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@reprise/client';
import type { Subject } from './subject.ts';

export interface ServerProcess {
  address: string;
  pid: number;
  /** From spawning to the first answer. */
  startMs: number;
  stop(): Promise<void>;
}

/** `storage` says where histories live: in a SQLite file in a folder of its own, or in memory unless `more` says otherwise. */
export async function startServer(
  subject: Subject,
  storage: 'disk' | 'memory',
  more: readonly string[] = [],
): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'reprise-bench-server-'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const database = storage === 'disk' ? ['--db-filename', join(folder, 'bench.db')] : [];
  const bin = join(subject.root, 'node_modules/reprise/bin/reprise.js');
  const startedMs = performance.now();
  const where = ['--headless', '--port', String(port), '--log-level', 'error'];
  const args = [bin, 'server', 'start-dev', ...where, ...database, ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await firstAnswer(address, child);
  return {
    address,
    pid: child.pid ?? 0,
    startMs: performance.now() - startedMs,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}

async function firstAnswer(address: string, child: ChildProcess): Promise<void> {
  for (const deadlineMs = Date.now() + 20_000; Date.now() < deadlineMs;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it answered`);
    const connection = Connection.lazy({ address, connectTimeout: 50 });
    try {
      await connection.ensureConnected();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      await connection.close();
    }
  }
  child.kill('SIGKILL');
  throw new Error(`no answer at ${address} within 20 s`);
}
