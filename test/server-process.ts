/** A server in a process of its own: `reprise server start-dev`, on a free port of loopback. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  address: string;
  stop(): Promise<void>;
}

const bin = fileURLToPath(new URL('../packages/cli/bin/reprise.js', import.meta.url));
const freePort = ['server', 'start-dev', '--headless', '--port', '0'];

/** The server of this repository, as built. `args` are added to the command line. */
export function startServer(args: readonly string[] = []): Promise<ServerProcess> {
  return serve(process.execPath, [bin, ...freePort, ...args], {});
}

/** The server that `npx reprise` finds in a folder. */
export function startInstalledServer(cwd: string, env: NodeJS.ProcessEnv): Promise<ServerProcess> {
  return serve('npx', ['--no-install', 'reprise', ...freePort], { cwd, env });
}

async function serve(
  command: string,
  args: string[],
  where: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<ServerProcess> {
  // A process group of its own: npx runs the server in a child.
  const child = spawn(command, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const address = await printedAddress(child);
  return { address, stop: () => stopGroup(child) };
}

/** Reads what the server prints until it says where it listens; the rest is read and dropped, so that it never blocks. */
function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      const address = /\b((?:127\.0\.0\.1|localhost):[1-9]\d*)\b/.exec(printed)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`the server ended with ${code} before it said where it listens:\n${printed}`)),
    );
  });
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}
