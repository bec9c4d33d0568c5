/**
 * The workflow host processes of a worker. A run lives in the process that its run id points to, unless it has taken one
 * down: then it lives in quarantine, in a process that only such runs share.
 *
 * I1. A process that ends is replaced before it is asked for again.
 */
import type { Logger } from '@reprise/common';
import type { LocalOutcome } from '../machine/run.ts';
import type { PatchQuestion } from './blocking-question.ts';
import type { HostSettings } from './host-messages.ts';
import { HostProcess } from './host-process.ts';
import type { HostLostError, HostTask, TaskAnswer, TaskEvents, WorkflowHost } from './workflow-host.ts';

export interface HostPoolOptions {
  /** Processes, quarantine aside. */
  readonly size: number;
  readonly logger: Logger;
  readonly onPatchQuestion: ((question: PatchQuestion) => boolean) | undefined;
}

export class HostPool implements WorkflowHost {
  readonly #settings: HostSettings;
  readonly #options: HostPoolOptions;
  readonly #hosts: HostProcess[];
  readonly #quarantined = new Set<string>();
  #quarantine: HostProcess | undefined;

  constructor(settings: HostSettings, options: HostPoolOptions) {
    const { size } = options;
    this.#settings = { ...settings, maxCachedRuns: Math.ceil(settings.maxCachedRuns / size) };
    this.#options = options;
    this.#hosts = Array.from({ length: size }, (_, index) => this.#spawn(index));
  }

  /** Resolves when all processes are ready for tasks. */
  async ready(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.ready));
  }

  get cachedRuns(): number {
    return [...this.#hosts, this.#quarantine].reduce((sum, host) => sum + (host?.cachedRuns ?? 0), 0);
  }

  runTask(task: HostTask, events: TaskEvents): Promise<TaskAnswer> {
    return this.#hostOf(task.runId).runTask(task, events);
  }

  resolveLocal(runId: string, outcomes: readonly LocalOutcome[]): void {
    this.#hostOf(runId).resolveLocal(runId, outcomes);
  }

  keepAlive(runId: string): void {
    this.#hostOf(runId).keepAlive(runId);
  }

  evict(runId: string): void {
    this.#hostOf(runId).evict(runId);
  }

  discardLastTask(runId: string): void {
    this.#hostOf(runId).discardLastTask(runId);
  }

  async close(): Promise<void> {
    const hosts = this.#quarantine === undefined ? this.#hosts : [...this.#hosts, this.#quarantine];
    await Promise.all(hosts.map((host) => host.close()));
  }

  #hostOf(runId: string): HostProcess {
    if (this.#quarantined.has(runId)) return (this.#quarantine ??= this.#spawnQuarantine());
    const index = hashOf(runId) % this.#hosts.length;
    return (this.#hosts[index] ??= this.#spawn(index));
  }

  #spawn(index: number): HostProcess {
    return this.#make(() => {
      this.#hosts[index] = this.#spawn(index);
    });
  }

  #spawnQuarantine(): HostProcess {
    return this.#make(() => {
      this.#quarantine = undefined;
    });
  }

  #make(replace: () => void): HostProcess {
    const onLost = (error: HostLostError): void => {
      this.#noteLost(error);
      replace();
    };
    return new HostProcess(this.#settings, { onLost, onPatchQuestion: this.#options.onPatchQuestion });
  }

  #noteLost(error: HostLostError): void {
    this.#options.logger.error(`${error.message}. It is replaced, and its runs are rebuilt from their histories`);
    if (error.guiltyRunId !== undefined && error.guiltyRunId !== '') this.#quarantined.add(error.guiltyRunId);
  }
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash >>> 0;
}
