/**
 * Owns the worker process of `reprise dev`: one at a time. A restart asks the old one to shut down, and starts the new one
 * when it is gone.
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

const PATIENCE_MS = 10_000;

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
    const child = spawn(process.execPath, [file], {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
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
