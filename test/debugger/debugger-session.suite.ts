/** A debugger as editors have it: speaks to the inspector of Node, and steps over what is called like Node's own code. */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

interface CallFrame {
  readonly functionName: string;
  readonly location: { scriptId: string; lineNumber: number; columnNumber: number };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { scriptId: string; url: string; sourceMapURL?: string; callFrames: CallFrame[]; reason: string };
}

const INLINE = 'data:application/json;charset=utf-8;base64,';

export class DebuggerSession {
  /** Where the process was stopped, but for its beginning. */
  readonly stops: string[] = [];
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, () => void>();
  readonly #scripts = new Map<string, { url: string; map: SourceMap | undefined }>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Message));
  }

  /** Attaches to a process that waits for its debugger, and lets it run. */
  static async attach(stderr: Readable): Promise<DebuggerSession> {
    const socket = new WebSocket(await inspectorUrl(stderr));
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
    const session = new DebuggerSession(socket);
    await session.send('Debugger.enable');
    await session.send('Debugger.setBlackboxPatterns', { patterns: ['^node:.*$'] });
    await session.send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    await session.send('Runtime.runIfWaitingForDebugger');
    return session;
  }

  /** Settles when the command has been taken. */
  send(method: string, params: object = {}): Promise<void> {
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#answers.set(id, resolve);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return promise;
  }

  #receive({ id, method, params }: Message): void {
    if (id !== undefined) this.#answers.get(id)?.();
    if (method === 'NodeRuntime.waitingForDisconnect') this.#socket.close();
    if (params === undefined) return;
    if (method === 'Debugger.scriptParsed')
      this.#scripts.set(params.scriptId, { url: params.url, map: mapOf(params.sourceMapURL) });
    if (method !== 'Debugger.paused') return;
    const [frame] = params.callFrames;
    const { url = '' } = this.#scripts.get(frame?.location.scriptId ?? '') ?? {};
    // Stopped where the notice waits for its answer: one step leads to the next code that is not stepped over.
    if (url.startsWith('node:')) return void this.send('Debugger.stepInto');
    if (frame !== undefined && params.reason !== 'Break on start') this.stops.push(this.#placeOf(frame));
    void this.send('Debugger.resume');
  }

  #placeOf({ functionName, location }: CallFrame): string {
    const { lineNumber, columnNumber, scriptId } = location;
    const { url = '', map } = this.#scripts.get(scriptId) ?? {};
    const entry = map?.findEntry(lineNumber, columnNumber);
    const [file, line] =
      entry !== undefined && 'originalLine' in entry ? [entry.originalSource, entry.originalLine] : [url, lineNumber];
    return `${functionName} (${basename(file)}:${line + 1})`;
  }
}

function inspectorUrl(stderr: Readable): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let seen = '';
  stderr.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
    const url = /ws:\/\/\S+/.exec(seen)?.[0];
    if (url !== undefined) resolve(url);
  });
  return promise;
}

function mapOf(url: string | undefined): SourceMap | undefined {
  if (url === undefined || url === '') return undefined;
  if (url.startsWith('file:'))
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(url), 'utf8')) as SourceMapPayload);
  if (!url.startsWith(INLINE)) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(url.slice(INLINE.length), 'base64').toString()) as SourceMapPayload);
}
