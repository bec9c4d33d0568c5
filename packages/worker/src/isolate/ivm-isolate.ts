/**
 * Isolates on isolated-vm, called synchronously. Owns one isolate, its contexts and the list of live runs.
 *
 * I1  Microtasks run when a call returns, so an activation is at least two calls: activate, then drain until it answers.
 * I2  After a deadline the isolate holds microtasks that would run in the next call: it is disposed of, with all its runs.
 * I3  Every context and reference is released with the last run that needs it.
 */
import type ivm from 'isolated-vm';
import type { Activation, Completion, RunCreation, SinkCall } from '@reprise/workflow/runtime';
import { frameText, type SourceMapper } from '../bundle/source-mapper.ts';
import type { WorkflowBundle } from '../bundle/workflow-bundle.ts';
import { collectGarbage } from './collect-garbage.ts';
import { compileScripts, IsolateContext, type ContextOptions, type IsolateScripts } from './isolate-context.ts';
import { isolatedVm } from './isolated-vm.ts';
import { IsolateGuard } from './isolate-guard.ts';
import { IsolateLostError, type Isolate } from './isolate.ts';
import { textsOfRejection } from './rejection-texts.ts';

export interface IvmIsolateOptions {
  bundle: WorkflowBundle;
  /** How long the workflow code of one activation may run. Default 5000; `null` for no limit (debugging). */
  deadlineMs?: number | null;
  /** Ends calls that outlast the deadline all the same. Default false: a host process has a watchdog. */
  isGuarded?: boolean;
  /** Heap limit of the isolate in MB. Default 512. It does not contain every runaway: a host process does. */
  memoryLimitMb?: number;
  /** A context of its own for every run, or for those of the named workflow types. Default false. */
  strict?: boolean | readonly string[];
  /** Default en-US. */
  locale?: string;
  /** Default UTC. */
  timeZone?: string;
  /** Asked on new ground whether a patch becomes active. */
  patchActivation?: (patchId: string, info: string) => boolean;
}

interface LiveRun {
  readonly creation: RunCreation;
  readonly context: IsolateContext;
  readonly ownsContext: boolean;
  isMade: boolean;
}

/** A call into a context on behalf of a run. */
interface Entry {
  readonly name: 'activate' | 'drain' | 'unhandledRejection' | 'release';
  readonly args: (string | undefined)[];
  readonly endsAtMs: number | undefined;
}

const DEFAULT_DEADLINE_MS = 5000;
const DEFAULT_MEMORY_LIMIT_MB = 512;
/** The deadline itself knows where the code is, so it comes first. */
const GRACE_MS = 300;
/** How long a run that was stopped may take to tell what it had said. */
const LAST_WORDS_MS = 100;

export class IvmIsolate implements Isolate {
  readonly #options: IvmIsolateOptions;
  readonly #contextOptions: Omit<ContextOptions, 'isShared'>;
  readonly #deadlineMs: number | undefined;
  readonly #isolate: ivm.Isolate;
  readonly #guard: IsolateGuard | undefined;
  readonly #runs = new Map<string, LiveRun>();
  #scripts: IsolateScripts | undefined;
  #shared: IsolateContext | undefined;
  #isDisposed = false;

  constructor(options: IvmIsolateOptions) {
    const {
      bundle,
      locale = 'en-US',
      timeZone = 'UTC',
      deadlineMs = DEFAULT_DEADLINE_MS,
      memoryLimitMb = DEFAULT_MEMORY_LIMIT_MB,
    } = options;
    this.#options = options;
    this.#deadlineMs = deadlineMs ?? undefined;
    this.#contextOptions = { bundle, locale, timeZone, patchActivation: options.patchActivation };
    this.#isolate = new (isolatedVm().Isolate)({ memoryLimit: memoryLimitMb });
    const needsGuard = options.isGuarded === true && this.#deadlineMs !== undefined;
    this.#guard = needsGuard ? new IsolateGuard(this.#isolate, this.#deadlineMs + GRACE_MS) : undefined;
  }

  get sources(): SourceMapper {
    return this.#options.bundle.mapper;
  }

  get liveRuns(): number {
    return this.#runs.size;
  }

  create(creation: RunCreation): void {
    const { runKey, workflowType } = creation;
    if (this.#runs.has(runKey)) throw new Error(`Run '${runKey}' lives in this isolate already`);
    const { strict = false } = this.#options;
    const ownsContext = typeof strict === 'boolean' ? strict : strict.includes(workflowType);
    const context = ownsContext ? this.#newContext(false) : (this.#shared ??= this.#newContext(true));
    this.#runs.set(runKey, { creation, context, ownsContext, isMade: false });
  }

  activate(runKey: string, activation: Activation): Completion {
    const run = this.#live(runKey);
    const creation = run.isMade ? undefined : JSON.stringify(run.creation);
    run.isMade = true;
    const endsAtMs = this.#endsAtMs();
    this.#call(run, { name: 'activate', args: [JSON.stringify(activation), creation], endsAtMs });
    for (;;) {
      const answer = this.#call(run, { name: 'drain', args: [], endsAtMs });
      if (typeof answer === 'string' && answer !== '') return JSON.parse(answer) as Completion;
    }
  }

  /** Where the intents of the last completion were asked for, as raw stacks. */
  places(runKey: string): (string | null)[] {
    const text = this.#live(runKey).context.call('placesJson', [runKey], this.#deadlineMs);
    return JSON.parse(String(text)) as (string | null)[];
  }

  release(runKey: string): void {
    const run = this.#runs.get(runKey);
    if (run === undefined) return;
    this.#runs.delete(runKey);
    if (this.#isDisposed) return;
    try {
      if (run.isMade) this.#enter(run, { name: 'release', args: [], endsAtMs: this.#endsAtMs() });
    } catch (error) {
      // What a run does while it is forgotten cannot change it any more; only the isolate's own end matters.
      if (error instanceof IsolateLostError) throw error;
    }
    if (run.ownsContext) run.context.dispose();
  }

  heapUsedBytes(): number {
    return this.#isDisposed || this.#isolate.isDisposed ? 0 : this.#isolate.getHeapStatisticsSync().used_heap_size;
  }

  collectGarbage(): void {
    if (!this.#isDisposed && !this.#isolate.isDisposed) collectGarbage(this.#isolate);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#runs.clear();
    this.#guard?.dispose();
    // One that hit its memory limit has gone by itself.
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  #newContext(isShared: boolean): IsolateContext {
    this.#scripts ??= compileScripts(this.#isolate, this.#options.bundle);
    return new IsolateContext(this.#isolate, this.#scripts, { ...this.#contextOptions, isShared });
  }

  #live(runKey: string): LiveRun {
    const run = this.#runs.get(runKey);
    if (run === undefined) throw new Error(`No run '${runKey}' lives in this isolate`);
    return run;
  }

  #endsAtMs(): number | undefined {
    return this.#deadlineMs === undefined ? undefined : performance.now() + this.#deadlineMs;
  }

  /** A rejection that nobody handled is thrown from the call that made it: the run hears of it and fails its task. */
  #call(run: LiveRun, call: Entry): unknown {
    try {
      return this.#enter(run, call);
    } catch (error) {
      if (error instanceof IsolateLostError) throw error;
      const { endsAtMs } = call;
      const isKnown = this.#enter(run, { name: 'unhandledRejection', args: textsOfRejection(error), endsAtMs });
      if (isKnown !== true) throw error;
      return undefined;
    }
  }

  /** Lets code of the run go on. Throws IsolateLostError when that was the end of the isolate. */
  #enter(run: LiveRun, { name, args, endsAtMs }: Entry): unknown {
    const timeoutMs = endsAtMs === undefined ? undefined : Math.max(1, Math.ceil(endsAtMs - performance.now()));
    try {
      const call = (): unknown => run.context.call(name, [run.creation.runKey, ...args], timeoutMs);
      return this.#guard === undefined ? call() : this.#guard.during(call);
    } catch (error) {
      const reason = this.#endedBy(error, endsAtMs);
      throw reason === undefined ? error : this.#lost(run, { reason, stack: (error as Error).stack ?? '' });
    }
  }

  /** What a run throws crosses with any text that it likes, so that the text alone proves nothing. */
  #endedBy(error: unknown, endsAtMs: number | undefined): IsolateLostError['reason'] | undefined {
    if (this.#guard?.hasEnded === true) return 'deadline';
    if (this.#isolate.isDisposed) return 'memory';
    const isLate = endsAtMs !== undefined && performance.now() >= endsAtMs;
    return isLate && error instanceof Error && error.message.startsWith('Script execution timed out')
      ? 'deadline'
      : undefined;
  }

  #lost(run: LiveRun, end: { reason: IsolateLostError['reason']; stack: string }): IsolateLostError {
    const { workflowType, workflowId, runId, runKey } = run.creation;
    const { reason, stack } = end;
    const lostRunKeys = [...this.#runs.keys()];
    const wasGuarded = this.#guard?.hasEnded === true;
    const sinkCalls = reason === 'deadline' && !wasGuarded ? this.#lastWords(run) : [];
    this.dispose();
    const workflow = `workflow ${workflowType} (workflow id '${workflowId}', run id '${runId}')`;
    if (reason === 'memory') {
      const message = `The isolate of ${workflow} was ended, because this run made it use more memory than it may have`;
      return new IsolateLostError({ message, runKey, reason, lostRunKeys, frames: '', sinkCalls });
    }
    const frames = wasGuarded ? [] : this.sources.frames(stack).map(frameText);
    // Between two microtasks there is no stack.
    const withoutStack = wasGuarded
      ? ': reading what it rejected a promise with has no end, and nothing handles the rejection'
      : ': its promises settle one another without end';
    const place = frames[0] === undefined ? withoutStack : `, and was last seen${frames[0].replace(/^ +/, ' ')}`;
    const message = `[TMPRL1101] Potential deadlock detected: ${workflow} did not yield within ${this.#deadlineMs ?? 0} ms${place}`;
    const rawStack = wasGuarded ? '' : stack;
    return new IsolateLostError({
      message,
      runKey,
      reason,
      lostRunKeys,
      rawStack,
      frames: frames.join('\n'),
      sinkCalls,
    });
  }

  /** The sink calls of a run that was stopped. None when the microtasks that it left behind never end. */
  #lastWords({ context, creation }: LiveRun): SinkCall[] {
    try {
      return JSON.parse(String(context.call('sinkCallsJson', [creation.runKey], LAST_WORDS_MS))) as SinkCall[];
    } catch {
      return [];
    }
  }
}
