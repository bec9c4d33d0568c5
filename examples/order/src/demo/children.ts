/**
 * Owns the processes that the demo starts. Whatever happens, none of them outlives it, and it never kills another.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { repriseBin } from './cli.ts';

/** A process that was started, and how to end it. */
export interface Child {
  readonly pid: number;
  /** What it printed until it was ready. */
  readonly greeting: string;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

const living = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** Starts the server on a database file; `port` 0 takes a free one. Resolves when it serves, with its address. */
export async function startServer(databaseFile: string, port: number): Promise<Child & { readonly address: string }> {
  const options = ['--headless', '--port', String(port), '--db-filename', databaseFile, '--log-level', 'error'];
  const child = await start([repriseBin(), 'server', 'start-dev', ...options], {
    ready: /(?:127\.0\.0\.1|localhost):[1-9]\d*/,
  });
  return { ...child, address: child.greeting };
}

/** Starts a worker. Resolves when it polls. */
export function startWorker(address: string, ledgerFile: string): Promise<Child> {
  return start([fileURLToPath(new URL('../worker.ts', import.meta.url))], {
    ready: /worker ready/,
    env: { ...process.env, ORDER_SERVER: address, ORDER_LEDGER: ledgerFile },
  });
}

async function start(args: string[], { ready, env }: { ready: RegExp; env?: NodeJS.ProcessEnv }): Promise<Child> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(env && { env }) });
  living.add(child);
  const gone = once(child, 'exit').then(() => living.delete(child));
  const greeting = await untilPrinted(child, ready);
  return {
    pid: child.pid ?? 0,
    greeting,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function untilPrinted(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      const match = ready.exec(printed);
      if (match !== null) resolve(match[0]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`A process of the demo ended with ${String(code)} before it was ready:\n${printed}`));
    });
  });
}
