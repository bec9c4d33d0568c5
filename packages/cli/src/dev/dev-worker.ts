/**
 * Owns the worker process of `reprise dev`: one at a time. A worker that can takes changes of workflow code in as it runs;
 * otherwise it is asked to shut down, and a new one starts when it is gone.
 *
 * I1. Changes that come while a restart is under way lead to one more restart, not to many.
 */
import { type ChildProcess, spawn } from 'node:child_process';

export interface DevWorkerOptions {
  readonly file: string;
  readonly cwd: string;
  /** Of the server; the worker finds it in TEMPORAL_ADDRESS. */
  readonly address: string;
  say(text: string): void;
}

/** What a worker says when it is told of changed files: first that it has heard, then how it went. */
interface Answer {
  readonly kind: string;
  readonly tookMs?: number;
}

const PATIENCE_MS = 10_000;
/** A worker that has not heard by then does not know of such messages: it is of another version, or no worker yet. */
const HEARD_MS = 2000;
const noteLoadedFiles = new URL(
  `./note-loaded-files.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`,
  import.meta.url,
);

export class DevWorker {
  readonly #options: DevWorkerOptions;
  #process: ChildProcess | undefined;
  #restarting: Promise<void> | undefined;
  #again = false;
  #isStopped = false;

  constructor(options: DevWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    const { file, cwd, address } = this.#options;
    const say = (text: string): void => this.#options.say(text);
    const child = spawn(process.execPath, ['--import', noteLoadedFiles.href, file], {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, TEMPORAL_ADDRESS: address },
    });
    this.#process = child;
    child.once('error', (error) => say(`the worker did not start: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (this.#process === child) this.#process = undefined;
      const isWanted = this.#isStopped || this.#restarting !== undefined;
      if (!isWanted)
        say(`the worker ended (${signal ?? `exit code ${code ?? 0}`}); it starts again when a file is saved`);
    });
  }

  /** Sees to it that the code in `files`, absolute paths, is run as it is now. */
  async change(files: readonly string[]): Promise<void> {
    const child = this.#process;
    if (child === undefined || this.#restarting !== undefined) return this.restart();
    const answer = await ask(child, { kind: 'reprise:changed', files });
    if (answer?.kind === 'reprise:taken') this.#options.say(`code changed: taken in within ${answer.tookMs ?? 0} ms`);
    else if (answer?.kind !== 'reprise:refused') this.restart();
  }

  restart(): void {
    if (this.#restarting !== undefined) {
      this.#again = true;
      return;
    }
    this.#restarting = this.#replace().finally(() => {
      this.#restarting = undefined;
      if (this.#again) {
        this.#again = false;
        this.restart();
      }
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#restarting;
    await this.#end();
  }

  async #replace(): Promise<void> {
    await this.#end();
    if (this.#isStopped) return;
    this.#options.say('code changed: the worker starts again');
    this.start();
  }

  async #end(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await gone;
    clearTimeout(impatience);
  }
}

/** Undefined when there is no answer. */
function ask(child: ChildProcess, message: object): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const end = (answer: Answer | undefined): void => {
      clearTimeout(patience);
      child.off('message', take);
      child.off('exit', giveUp);
      resolve(answer);
    };
    const take = (message: unknown): void => {
      const answer = message as Answer;
      if (answer.kind === 'reprise:heard') clearTimeout(patience);
      else end(answer);
    };
    const giveUp = (): void => end(undefined);
    const patience = setTimeout(giveUp, HEARD_MS);
    child.on('message', take);
    child.once('exit', giveUp);
    if (child.connected) child.send(message, (error) => error !== null && giveUp());
    else giveUp();
  });
}
