/** A server in a process of its own, from an executable that is there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { Connection } from '@reprise/client';

import type { DevServerConfig, TimeSkippingServerConfig } from './environment-options.ts';

/** A server process that answers. */
export interface ExecutableServer {
  readonly address: string;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;
const TRY_EVERY_MS = 50;
const OUTPUT_KEPT = 4_000;

/**
 * Starts an executable as the server and waits until it answers.
 *
 * @throws Error with what it printed when it ends before, or does not answer in half a minute
 */
export async function startExecutable(
  path: string,
  config: DevServerConfig | TimeSkippingServerConfig,
): Promise<ExecutableServer> {
  const port = config.port ?? (await freePort());
  const args = config.type === 'dev-server' ? devServerArgs(config, port) : [String(port), ...(config.extraArgs ?? [])];
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ip = config.type === 'dev-server' ? (config.ip ?? '127.0.0.1') : '127.0.0.1';
  const address = `${ip}:${port}`;
  try {
    await untilItAnswers(child, address, path);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { address, stop: () => stop(child) };
}

/** The command line that the `temporal` CLI takes. */
function devServerArgs(config: DevServerConfig, port: number): string[] {
  const { ip = '127.0.0.1', namespace = 'default', log, dbFilename, ui, uiPort } = config;
  const hasUi = ui ?? uiPort !== undefined;
  return [
    'server',
    'start-dev',
    ...['--port', String(port), '--namespace', namespace, '--ip', ip],
    ...['--log-format', log?.format ?? 'pretty', '--log-level', log?.level ?? 'warn'],
    ...(dbFilename === undefined ? [] : ['--db-filename', dbFilename]),
    ...(hasUi ? ['--ui-port', String(uiPort ?? port + 1000)] : ['--headless']),
    ...(config.searchAttributes ?? []).flatMap(({ name, type }) => ['--search-attribute', `${name}=${cliType(type)}`]),
    ...(config.extraArgs ?? []),
  ];
}

/** `KEYWORD_LIST` is `KeywordList` on the command line. */
function cliType(type: string): string {
  return type
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilItAnswers(child: ChildProcess, address: string, path: string): Promise<void> {
  let printed = '';
  const read = (chunk: Buffer): void => void (printed = (printed + chunk.toString()).slice(-OUTPUT_KEPT));
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  child.once('error', (cause) => ended.reject(new Error(`${path} did not start: ${cause.message}`, { cause })));
  child.once('exit', (code, signal) =>
    ended.reject(new Error(`${path} ended (${signal ?? `exit code ${code ?? 0}`}) before it answered:\n${printed}`)),
  );
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await Promise.race([ended.promise, answers(address)]))) {
    if (performance.now() > deadline) throw new Error(`${path} does not answer at ${address}:\n${printed}`);
    await Promise.race([ended.promise, wait(TRY_EVERY_MS)]);
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '1 second' });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(impatience);
}
