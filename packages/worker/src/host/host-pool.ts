/**
 * The workflow host processes of a worker. A run lives in the process that its run id points to, unless it has taken one
 * down: then it lives in quarantine, in a process that only such runs share.
 *
 * I1. A process that ends is replaced before it is asked for again.
 * I2. A run is quarantined when it is known to have taken an isolate or a process down, or when a process has ended twice
 *     while it was at this run: once may be somebody else's doing.
 */
import type { Logger } from '@reprise/common';
import type { LocalOutcome } from '../machine/run.ts';
import type { PatchQuestion } from './blocking-question.ts';
import type { HostSettings } from './host-messages.ts';
import { HostProcess, type HostEnd } from './host-process.ts';
import { HostLostError, type HostTask, type TaskAnswer, type TaskEvents, type WorkflowHost } from './workflow-host.ts';

export interface HostPoolOptions {
  /** Processes, quarantine aside. */
  readonly size: number;
  readonly logger: Logger;
  readonly onPatchQuestion: ((question: PatchQuestion) => boolean) | undefined;
}

export class HostPool implements WorkflowHost {
  #settings: HostSettings;
  readonly #options: HostPoolOptions;
  readonly #hosts: (HostProcess | undefined)[];
  readonly #suspects = new Set<string>();
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
    await Promise.all(this.#running().map((host) => host.ready));
  }

  /** Runs other code from the next task on; all runs are rebuilt with it. */
  reload(bundleCode: string): void {
    this.#settings = { ...this.#settings, bundleCode };
    for (const host of this.#running()) host.reload(this.#settings);
  }

  get cachedRuns(): number {
    return this.#running().reduce((sum, host) => sum + host.cachedRuns, 0);
  }

  async runTask(task: HostTask, events: TaskEvents): Promise<TaskAnswer> {
    const { runId } = task;
    const isQuarantined = this.#quarantined.has(runId);
    const answer = await this.#hostOf(runId).runTask(isQuarantined ? { ...task, isQuarantined } : task, events);
    if (answer.status === 'failed' && answer.isHarmful === true) this.#quarantined.add(runId);
    else if (answer.status === 'completed' && answer.isClosed) this.#quarantined.delete(runId);
    return answer;
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
    await Promise.all(this.#running().map((host) => host.close()));
  }

  #running(): HostProcess[] {
    return [...this.#hosts, this.#quarantine].filter((host) => host !== undefined);
  }

  #hostOf(runId: string): HostProcess {
    if (this.#quarantined.has(runId)) return (this.#quarantine ??= this.#spawnQuarantine());
    const index = hashOf(runId) % this.#hosts.length;
    return (this.#hosts[index] ??= this.#spawn(index));
  }

  #spawn(index: number): HostProcess {
    return this.#make(({ wasReady }) => {
      // One that cannot even start is tried again when there is something to do.
      this.#hosts[index] = wasReady ? this.#spawn(index) : undefined;
    });
  }

  #spawnQuarantine(): HostProcess {
    return this.#make(() => {
      this.#quarantine = undefined;
    });
  }

  #make(replace: (end: HostEnd) => void): HostProcess {
    const onLost = (end: HostEnd): HostLostError => {
      this.#options.logger.error(`${end.what}. It is replaced, and its runs are rebuilt from their histories`);
      const guiltyRunId = end.guiltyRunId ?? this.#guiltOf(end.suspectRunId);
      if (guiltyRunId !== undefined) this.#quarantined.add(guiltyRunId);
      replace(end);
      return new HostLostError(end.what, guiltyRunId);
    };
    return new HostProcess(this.#settings, { onLost, onPatchQuestion: this.#options.onPatchQuestion });
  }

  /** I2. */
  #guiltOf(suspectRunId: string | undefined): string | undefined {
    if (suspectRunId === undefined || this.#suspects.delete(suspectRunId)) return suspectRunId;
    this.#suspects.add(suspectRunId);
    return undefined;
  }
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash >>> 0;
}
