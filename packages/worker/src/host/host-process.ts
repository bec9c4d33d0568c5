/**
 * One workflow host process, from the side of the worker.
 *
 * I1. Every task that was sent is answered, or rejected with HostLostError when the process ends.
 * I2. The process works on one message after another, so the first without an answer is the one that it is at.
 * I3. What is sent in one turn of the event loop goes out together, in order, at its end.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { setImmediate as afterTurn } from 'node:timers';
import type { Readable } from 'node:stream';
import type { LocalOutcome } from '../machine/run.ts';
import { answerPatchQuestions, type PatchQuestion } from './blocking-question.ts';
import { LAST_WORDS_FD, type FromHost, type HostSettings, type LastWords, type ToHost } from './host-messages.ts';
import { HostLostError, type HostTask, type TaskAnswer, type TaskEvents, type WorkflowHost } from './workflow-host.ts';

interface Underway {
  readonly events: TaskEvents;
  readonly resolve: (answer: TaskAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** How a process ended that was not asked to. */
export interface HostEnd {
  /** What happened, for people. */
  readonly what: string;
  /** The run that is known to have brought it about. */
  readonly guiltyRunId: string | undefined;
  /** The run whose code it was at. */
  readonly suspectRunId: string | undefined;
  /** False for a process that has never come so far as to take a task. */
  readonly wasReady: boolean;
}

export interface HostCallbacks {
  /** The process has ended, and was not asked to. Gives what its tasks are rejected with. */
  onLost(end: HostEnd): HostLostError;
  /** Answers whether a patch becomes active. */
  readonly onPatchQuestion: ((question: PatchQuestion) => boolean) | undefined;
}

export class HostProcess implements WorkflowHost {
  readonly #child: ChildProcess;
  readonly #underway = new Map<string, Underway>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #onLost: (end: HostEnd) => HostLostError;
  /** Runs of the messages without an answer (I2). */
  readonly #unanswered: string[] = [];
  /** Messages that are about to be sent (I3). */
  #outbox: ToHost[] = [];
  #lastWords = '';
  #isReady = false;
  #closing = false;
  #cachedRuns = 0;

  constructor(settings: HostSettings, callbacks: HostCallbacks) {
    this.#onLost = (end) => callbacks.onLost(end);
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#child = fork(new URL(`./host-entry.${extension}`, import.meta.url), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe', 'pipe', 'pipe'],
      // Options of this process, such as a debugger's port, are not the host's.
      execArgv: [],
    });
    this.#child.on('message', (message) => this.#take(message as FromHost));
    this.#child.on('error', () => undefined);
    this.#child.once('exit', (code, signal) => this.#end(code, signal));
    const words = this.#child.stdio[LAST_WORDS_FD] as Readable | null;
    words?.on('data', (chunk: Buffer) => (this.#lastWords += chunk.toString()));
    if (callbacks.onPatchQuestion !== undefined) answerPatchQuestions(this.#child.stdio, callbacks.onPatchQuestion);
    this.#ready.promise.catch(() => undefined);
    this.#send({ kind: 'start', settings });
  }

  /** Runs other code from the next task on; all runs are rebuilt with it. */
  reload(settings: HostSettings): void {
    this.#send({ kind: 'start', settings });
  }

  /** Resolves when the process is ready for tasks. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  get cachedRuns(): number {
    return this.#cachedRuns;
  }

  runTask(task: HostTask, events: TaskEvents): Promise<TaskAnswer> {
    if (!this.#child.connected)
      return Promise.reject(new HostLostError('The workflow host process has ended', undefined));
    return new Promise((resolve, reject) => {
      this.#underway.set(task.runId, { events, resolve, reject });
      this.#ask(task.runId, { kind: 'task', task });
    });
  }

  resolveLocal(runId: string, outcomes: readonly LocalOutcome[]): void {
    this.#ask(runId, { kind: 'resolveLocal', runId, outcomes });
  }

  keepAlive(runId: string): void {
    this.#ask(runId, { kind: 'keepAlive', runId });
  }

  evict(runId: string): void {
    this.#send({ kind: 'evict', runId });
  }

  discardLastTask(runId: string): void {
    this.#send({ kind: 'discardLastTask', runId });
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#flush();
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended.promise;
  }

  /** Sends what is answered. */
  #ask(runId: string, message: ToHost): void {
    this.#unanswered.push(runId);
    this.#send(message);
  }

  #send(message: ToHost): void {
    if (this.#outbox.push(message) === 1) afterTurn(() => this.#flush());
  }

  /** I3. */
  #flush(): void {
    const messages = this.#outbox;
    this.#outbox = [];
    if (messages.length > 0 && this.#child.connected) this.#child.send(messages, () => undefined);
  }

  #take(message: FromHost): void {
    if (message.kind === 'ready') {
      this.#isReady = true;
      return this.#ready.resolve();
    }
    const underway = this.#underway.get(message.runId);
    if (message.kind === 'dropped') {
      this.#underway.delete(message.runId);
      underway?.resolve({ status: 'cacheMiss' });
      return;
    }
    this.#unanswered.shift();
    if (message.kind === 'nothing') return;
    if (message.kind === 'localOrders') {
      underway?.events.onLocalOrders(message.orders);
      return;
    }
    this.#cachedRuns = message.cachedRuns;
    this.#underway.delete(message.runId);
    if (message.orders !== undefined) underway?.events.onLocalOrders(message.orders);
    underway?.resolve(message.answer);
  }

  /** I1. */
  #end(code: number | null, signal: NodeJS.Signals | null): void {
    const words = parseLastWords(this.#lastWords);
    const suspectRunId = this.#unanswered[0];
    const end: HostEnd = {
      what: describeEnd(words, { code, signal, suspectRunId }),
      guiltyRunId: words?.runId,
      suspectRunId,
      wasReady: this.#isReady,
    };
    const error = this.#closing ? new HostLostError(end.what, undefined) : this.#onLost(end);
    this.#ready.reject(error);
    for (const { reject } of this.#underway.values()) reject(error);
    this.#underway.clear();
    this.#ended.resolve();
  }
}

function parseLastWords(text: string): LastWords | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as LastWords);
  } catch {
    return undefined;
  }
}

interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly suspectRunId: string | undefined;
}

function describeEnd(words: LastWords | undefined, { code, signal, suspectRunId }: ProcessExit): string {
  if (words?.reason === 'deadline') {
    return `[TMPRL1101] Potential deadlock detected: workflow code of run ${words.runId} did not return in time; its workflow host process was ended`;
  }
  if (words?.reason === 'memory') {
    return `Workflow code of run ${words.runId} took the workflow host process to ${words.residentMb} MB; the process was ended`;
  }
  const at = suspectRunId === undefined ? '' : ` while it was at run ${suspectRunId}`;
  return `The workflow host process ended unexpectedly (${signal ?? `exit code ${String(code)}`})${at}`;
}
