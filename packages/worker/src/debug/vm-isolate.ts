/**
 * A run in a `node:vm` context of this thread, where the debugger of Node sees it. Replay alone uses it: nothing limits
 * the code, and what keeps it from this process is what tames the globals, not a wall.
 */
import vm from 'node:vm';
import type { Activation, Completion, RunCreation } from '@reprise/workflow/runtime';
import { RUNTIME_FILENAME } from '../bundle/contract.ts';
import type { SourceMapper } from '../bundle/source-mapper.ts';
import type { WorkflowBundle } from '../bundle/workflow-bundle.ts';
import { parseUrl } from '../isolate/host-url.ts';
import type { Isolate } from '../isolate/isolate.ts';
import { runtimeScript } from '../isolate/runtime-script.ts';
import type { TaskNotice } from '../isolate/task-notices.ts';

/** What the runtime script evaluates to, as far as it is used here. */
interface RuntimeExports {
  prepare(config: string, host: object): void;
  link(bundle: unknown, entries: string): void;
  activate(runKey: string, activation: string, creation?: string): void;
  drain(runKey: string): string;
  release(runKey: string): void;
}

interface LiveRun {
  readonly context: vm.Context;
  readonly exports: RuntimeExports;
  /** Given with the first activation. */
  creation: string | undefined;
}

/** Microtasks of a context run when a script in it ends. */
const nothing = new vm.Script('', { filename: `node:${RUNTIME_FILENAME}` });

export interface VmIsolateOptions {
  readonly bundle: WorkflowBundle;
  /** Called synchronously from the code of the run, once for every workflow task. */
  readonly onTask?: TaskNotice;
  readonly patchActivation?: (patchId: string, info: string) => boolean;
}

export class VmIsolate implements Isolate {
  readonly #options: VmIsolateOptions;
  readonly #runs = new Map<string, LiveRun>();

  constructor(options: VmIsolateOptions) {
    this.#options = options;
  }

  get sources(): SourceMapper {
    return this.#options.bundle.mapper;
  }

  get liveRuns(): number {
    return this.#runs.size;
  }

  create(run: RunCreation): void {
    const { bundle, onTask, patchActivation } = this.#options;
    const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' });
    // Debuggers step over scripts that are called like modules of Node's own.
    const runtime = new vm.Script(runtimeScript().code, { filename: `node:${RUNTIME_FILENAME}` });
    const exports = runtime.runInContext(context) as RuntimeExports;
    const linked: unknown = new vm.Script(bundle.code).runInContext(context);
    const host = {
      parseUrl,
      nowMs: () => Date.now(),
      ...(onTask === undefined ? {} : { onTask }),
      ...(patchActivation === undefined ? {} : { patchActivation }),
    };
    exports.prepare(JSON.stringify({ locale: 'en-US', timeZone: 'UTC', isShared: false }), host);
    exports.link(linked, JSON.stringify(bundle.entries));
    this.#runs.set(run.runKey, { context, exports, creation: JSON.stringify(run) });
  }

  activate(runKey: string, activation: Activation): Completion {
    const run = this.#live(runKey);
    const { creation } = run;
    run.creation = undefined;
    run.exports.activate(runKey, JSON.stringify(activation), creation);
    for (;;) {
      nothing.runInContext(run.context);
      const answer = run.exports.drain(runKey);
      if (answer !== '') {
        nothing.runInContext(run.context);
        return JSON.parse(answer) as Completion;
      }
    }
  }

  release(runKey: string): void {
    const run = this.#runs.get(runKey);
    this.#runs.delete(runKey);
    if (run !== undefined && run.creation === undefined) run.exports.release(runKey);
  }

  heapUsedBytes(): number {
    return process.memoryUsage().heapUsed;
  }

  dispose(): void {
    this.#runs.clear();
  }

  #live(runKey: string): LiveRun {
    const run = this.#runs.get(runKey);
    if (run === undefined) throw new Error(`No run '${runKey}' lives in this isolate`);
    return run;
  }
}
