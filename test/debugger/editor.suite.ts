/** Stands for the editor and its extension: serves a history, hears of workflow tasks, and debugs the replaying process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { DebuggerSession } from './debugger-session.suite.ts';

const script = fileURLToPath(new URL('replayer-process.ts', import.meta.url));

export interface EditorOptions {
  /** What is served; absent: the editor has no history. */
  readonly history?: Uint8Array;
  readonly workflowsPath: string;
  /** Whether the process is to be stopped where this task begins. Absent: no debugger is attached. */
  readonly breakAt?: (startedEventId: number) => boolean;
  /** How a notice is answered. Default 200. */
  readonly answer?: { status: number; error: string };
}

export interface DebuggedReplay {
  readonly exitCode: number;
  /** Ids of the events that started the tasks, in the order in which the editor heard of them. */
  readonly tasks: number[];
  /** `function (file:line)` of the innermost frame wherever the process was stopped. */
  readonly stops: string[];
  readonly stdout: string;
  readonly stderr: string;
}

export async function debugReplay(options: EditorOptions): Promise<DebuggedReplay> {
  const { history, breakAt, answer = { status: 200, error: '' } } = options;
  const tasks: number[] = [];
  let session: DebuggerSession | undefined;
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/history') {
      if (history === undefined) response.writeHead(404).end(JSON.stringify({ error: 'No current history available' }));
      else response.end(history);
      return;
    }
    void json(request).then(async (body) => {
      const { eventId } = body as { eventId: number };
      tasks.push(eventId);
      if (breakAt?.(eventId) === true) await session?.send('Debugger.pause');
      response.writeHead(request.url === '/current-wft-started' ? answer.status : 404);
      response.end(answer.error === '' ? '' : JSON.stringify({ error: answer.error }));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const inspected = breakAt === undefined ? [] : ['--inspect-brk=127.0.0.1:0'];
  const child = spawn(process.execPath, [...inspected, script, options.workflowsPath], {
    env: { ...process.env, TEMPORAL_DEBUGGER_PLUGIN_URL: `http://127.0.0.1:${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const exited = once(child, 'exit') as Promise<[number]>;
  if (breakAt !== undefined) session = await DebuggerSession.attach(child.stderr);
  const [exitCode] = await exited;
  const stops = session?.stops ?? [];
  server.close();
  const [stdout, stderr] = await output;
  return { exitCode, tasks, stops, stdout, stderr };
}
