/**
 * One workflow host process, from the side of the worker.
 *
 * I1. Every task that was sent is answered, or rejected with HostLostError when the process ends.
 */
import { fork, type ChildProcess } from 'node:child_process';
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

export interface HostCallbacks {
  /** The process has ended, and was not asked to. */
  onLost(error: HostLostError): void;
  /** Answers whether a patch becomes active. */
  readonly onPatchQuestion: ((question: PatchQuestion) => boolean) | undefined;
}

export class HostProcess implements WorkflowHost {
  readonly #child: ChildProcess;
  readonly #underway = new Map<string, Underway>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #onLost: (error: HostLostError) => void;
  #lastWords = '';
  #closing = false;
  #cachedRuns = 0;

  constructor(settings: HostSettings, callbacks: HostCallbacks) {
    this.#onLost = (error) => callbacks.onLost(error);
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
      this.#send({ kind: 'task', task });
    });
  }

  resolveLocal(runId: string, outcomes: readonly LocalOutcome[]): void {
    this.#send({ kind: 'resolveLocal', runId, outcomes });
  }

  keepAlive(runId: string): void {
    this.#send({ kind: 'keepAlive', runId });
  }

  evict(runId: string): void {
    this.#send({ kind: 'evict', runId });
  }

  discardLastTask(runId: string): void {
    this.#send({ kind: 'discardLastTask', runId });
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended.promise;
  }

  #send(message: ToHost): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #take(message: FromHost): void {
    if (message.kind === 'ready') return this.#ready.resolve();
    const underway = this.#underway.get(message.runId);
    if (message.kind === 'localOrders') {
      underway?.events.onLocalOrders(message.orders);
      return;
    }
    this.#cachedRuns = message.cachedRuns;
    this.#underway.delete(message.runId);
    underway?.resolve(message.answer);
  }

  /** I1. */
  #end(code: number | null, signal: NodeJS.Signals | null): void {
    const words = parseLastWords(this.#lastWords);
    const error = new HostLostError(describeEnd(words, { code, signal }), words?.runId);
    this.#ready.reject(error);
    for (const { reject } of this.#underway.values()) reject(error);
    this.#underway.clear();
    this.#ended.resolve();
    if (!this.#closing) this.#onLost(error);
  }
}

function parseLastWords(text: string): LastWords | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as LastWords);
  } catch {
    return undefined;
  }
}

function describeEnd(words: LastWords | undefined, exit: { code: number | null; signal: string | null }): string {
  if (words?.reason === 'deadline') {
    return `[TMPRL1101] Potential deadlock detected: workflow code of run ${words.runId} did not return in time; its workflow host process was ended`;
  }
  if (words?.reason === 'memory') {
    return `Workflow code of run ${words.runId} took the workflow host process to ${words.residentMb} MB; the process was ended`;
  }
  return `The workflow host process ended unexpectedly (${exit.signal ?? `exit code ${String(exit.code)}`})`;
}
