/**
 * A replay host, from the side of the process that started it: a process that workflow code is replayed in, since there is
 * code that nothing interrupts, and code that takes its process with it.
 *
 * I1. One question at a time; each is answered, or the host is lost.
 * I2. Code that does not return is waited for longer than its isolate waits for it: who can be interrupted tells more.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

import { PayloadModuleError } from '../replay/load-payload-modules.ts';
import {
  type FromHost,
  type HostSettings,
  JOURNAL_FD,
  type JudgedHistory,
  type Places,
  type Question,
  type SentJudgement,
  type ToHost,
  type TracedPoint,
} from './host-messages.ts';
import { JournalReader } from './journal-reader.ts';
import { residentBytes } from './resident-bytes.ts';

const LOOK_EVERY_MS = 100;
/** From here on, a look at the memory is worth its time. */
const SILENT_MS = 300;
/** More than an isolate may have, and what the process needs for itself. */
const MAX_RESIDENT_BYTES = 1536 * 2 ** 20;
/** Code that has all that an isolate may have, and does not return, is busy looking for more. */
const FULL_BYTES = 512 * 2 ** 20;
const LAST_WORDS = 16_384;
/** How long a host waits for another question before it goes. */
const IDLE_MS = 10_000;

/** What is known of a host that ended, or had to be ended. */
export interface HostLoss {
  readonly reason: 'deadline' | 'memory' | 'ended';
  /** What happened, for people. */
  readonly what: string;
  /** Undefined when it was at no history. */
  readonly judged: JudgedHistory | undefined;
  readonly point: TracedPoint | undefined;
  /** The file that it was reading, by its index. */
  readonly reading: number | undefined;
}

export type HostAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'places'; readonly places: Places }
  | { readonly kind: 'lost'; readonly loss: HostLoss };

interface Asked {
  readonly onJudged: (judgement: SentJudgement) => void;
  readonly resolve: (answer: HostAnswer) => void;
  readonly reject: (error: Error) => void;
}

export interface AskOptions {
  /** How long workflow code may go without a word. */
  readonly maxCallMs: number;
  /** The same, before the first point of a trace: something else may be slow until then. Default `maxCallMs`. */
  readonly firstCallMs?: number;
  readonly onJudged?: (judgement: SentJudgement) => void;
}

export class ReplayHost {
  readonly #child: ChildProcess;
  readonly #journal = new JournalReader();
  readonly #killAtExit = (): void => void this.#child.kill('SIGKILL');
  #asked: Asked | undefined;
  #maxCallMs = Infinity;
  #firstCallMs = Infinity;
  #looking: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #ending: Pick<HostLoss, 'reason' | 'what'> | undefined;
  #words = '';
  #isGone = false;

  constructor() {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#child = fork(new URL(`./replay-host-entry.${extension}`, import.meta.url), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      env: { ...process.env, ...compileCache() },
      // Options of this process, such as a debugger's port, are not the host's.
      execArgv: [],
    });
    this.#child.on('message', (message) => this.#take(message as FromHost));
    this.#child.on('error', (error) => this.#lost({ reason: 'ended', what: error.message }));
    this.#child.once('close', (code, signal) => this.#ended(code, signal));
    const { stdout, stderr } = this.#child;
    for (const stream of [stdout, stderr])
      stream?.on('data', (chunk: Buffer) => (this.#words = (this.#words + chunk.toString()).slice(-LAST_WORDS)));
    (this.#child.stdio[JOURNAL_FD] as Readable).on('data', (chunk: Buffer) => this.#journal.take(chunk.toString()));
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Judges by this code from now on. */
  open(settings: HostSettings): void {
    this.#send({ kind: 'open', settings });
  }

  async ask(
    question: Question,
    { maxCallMs, firstCallMs = maxCallMs, onJudged = () => undefined }: AskOptions,
  ): Promise<HostAnswer> {
    clearTimeout(this.#idle);
    this.#journal.begin();
    this.#maxCallMs = maxCallMs;
    this.#firstCallMs = firstCallMs;
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
    process.once('exit', this.#killAtExit);
    this.#hold(true);
    try {
      return await new Promise((resolve, reject) => {
        this.#asked = { onJudged, resolve, reject };
        this.#send(question);
      });
    } finally {
      this.#asked = undefined;
      clearInterval(this.#looking);
      process.off('exit', this.#killAtExit);
      this.#hold(false);
    }
  }

  /** Lets it go when nobody asks it for a while, and keeps nothing waiting for that. */
  rest(): void {
    this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
  }

  close(): void {
    this.#isGone = true;
    if (this.#child.connected) this.#child.disconnect();
  }

  /** Whether this process stays for it. */
  #hold(isHeld: boolean): void {
    const { channel, stdio } = this.#child;
    type Held = Partial<Pick<NodeJS.Timeout, 'ref' | 'unref'>> | null | undefined;
    for (const held of [this.#child, channel, ...stdio] as Held[]) {
      if (isHeld) held?.ref?.();
      else held?.unref?.();
    }
  }

  #send(message: ToHost): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #take(message: FromHost): void {
    if (message.kind === 'judged') {
      for (const judgement of message.judgements) this.#asked?.onJudged(judgement);
      return;
    }
    if (this.#words !== '') process.stderr.write(this.#words);
    this.#words = '';
    if (message.kind === 'failed')
      this.#asked?.reject(message.isOfPayloads ? new PayloadModuleError(message.message) : new Error(message.message));
    else this.#asked?.resolve(message);
  }

  #look(): void {
    const { phase, heardMs, point } = this.#journal;
    if (phase !== 'calling' || this.#ending !== undefined) return;
    const silentMs = performance.now() - heardMs;
    if (silentMs <= SILENT_MS) return;
    const bytes = this.#child.pid === undefined ? 0 : (residentBytes(this.#child.pid) ?? 0);
    const isLate = silentMs > (point === undefined ? this.#firstCallMs : this.#maxCallMs);
    if (bytes > (isLate ? FULL_BYTES : MAX_RESIDENT_BYTES)) {
      this.#end({ reason: 'memory', what: `the process that the code ran in took ${Math.round(bytes / 2 ** 20)} MB` });
    } else if (isLate) {
      const seconds = (silentMs / 1000).toFixed(1);
      const what = `the code did not return within ${seconds} s, and nothing interrupts it`;
      this.#end({ reason: 'deadline', what });
    }
  }

  #end(why: Pick<HostLoss, 'reason' | 'what'>): void {
    this.#ending = why;
    this.#child.kill('SIGKILL');
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    const [fatal] = /(?:FATAL ERROR|Fatal error|# Fatal|# Check failed).*/.exec(this.#words) ?? [];
    const how = signal ?? `exit code ${code}`;
    const isOfMemory = signal === 'SIGKILL' || /memory|heap limit/i.test(fatal ?? '');
    const end = {
      reason: isOfMemory ? ('memory' as const) : ('ended' as const),
      what: `the process that the code ran in ended (${how}${fatal === undefined ? '' : `, ${fatal.trim()}`})`,
    };
    this.#lost(this.#ending ?? end);
  }

  #lost(end: Pick<HostLoss, 'reason' | 'what'>): void {
    this.#isGone = true;
    const { phase, judged, point, file } = this.#journal;
    const reading = phase === 'reading' ? file : undefined;
    this.#asked?.resolve({ kind: 'lost', loss: { ...end, judged, point, reading } });
  }
}

/** Where this process keeps what was compiled once, if it does. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}
