/** Drives a run without an isolate: activations in, completions out. Frames are carried by the host's own storage. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';

import { defaultPayloadConverter, valueToWall, wallToValue, type WallPayload } from '@reprise/common';

import { carryFramesBy, createRun } from '../runtime.ts';
import type {
  Activation,
  Completion,
  Intent,
  IntentOf,
  Job,
  JobOf,
  LoadedModules,
  RunCreation,
  RunFacts,
  RunHost,
  RuntimeRun,
} from '../runtime.ts';
import type { Frame } from '../scope/async-scope.ts';

const storage = new AsyncLocalStorage<Frame>();
carryFramesBy({ get: () => storage.getStore(), run: (frame, fn) => storage.run(frame, fn) });

export const SEED = [30, 103, 43, 8, 242, 102, 104, 153];

const CREATION: RunCreation = {
  runKey: 'key',
  workflowType: 'main',
  workflowId: 'wf',
  runId: 'run-1',
  namespace: 'default',
  taskQueue: 'queue',
  randomSeed: SEED,
};

export const FACTS: RunFacts = {
  workflowId: 'wf',
  runId: 'run-1',
  workflowType: 'main',
  namespace: 'default',
  taskQueue: 'queue',
  firstExecutionRunId: 'run-1',
  originalExecutionRunId: 'run-1',
  attempt: 1,
  startTimeMs: 1_000,
  taskTimeoutMs: 10_000,
};

export interface DriveOptions extends Partial<Omit<LoadedModules, 'workflows'>> {
  creation?: Partial<RunCreation>;
  host?: RunHost;
}

export function wall(value: unknown): WallPayload {
  return valueToWall(defaultPayloadConverter, value);
}

export function value(payload: WallPayload | undefined): unknown {
  return payload === undefined ? undefined : wallToValue(defaultPayloadConverter, payload);
}

export function initialize(...args: unknown[]): JobOf<'initialize'> {
  return { kind: 'initialize', facts: FACTS, args: args.map(wall), headers: {} };
}

export function signal(name: string, ...args: unknown[]): JobOf<'signal'> {
  return { kind: 'signal', name, args: args.map(wall), headers: {}, identity: 'test' };
}

export function update(id: string, name: string, ...args: unknown[]): JobOf<'update'> {
  return { kind: 'update', id, name, args: args.map(wall), headers: {}, identity: 'test', runValidator: true };
}

export function query(name: string, ...args: unknown[]): JobOf<'query'> {
  return { kind: 'query', id: `q-${name}`, name, args: args.map(wall), headers: {} };
}

export function activityDone(seq: number, result?: unknown): JobOf<'resolveActivity'> {
  return { kind: 'resolveActivity', seq, isLocal: false, resolution: { status: 'completed', result: wall(result) } };
}

export class Driver {
  readonly run: RuntimeRun;
  #nowMs = 1_000;

  constructor(workflow: (...args: never[]) => Promise<unknown>, options: DriveOptions = {}) {
    const { creation, host, ...modules } = options;
    const load = (): LoadedModules => ({ interceptorModules: [], ...modules, workflows: { main: workflow } });
    this.run = createRun({ ...CREATION, ...creation }, load, host);
  }

  /** One activation, from its jobs to its completion. */
  async activate(jobs: Job[], facts: Partial<Activation> = {}): Promise<Completion> {
    this.#nowMs += 1_000;
    this.run.activate({
      nowMs: this.#nowMs,
      isReplaying: false,
      isReplayingHistoryEvents: facts.isReplaying ?? false,
      historyLength: 3,
      historySizeBytes: 0,
      continueAsNewSuggested: false,
      knownFlags: [],
      ...facts,
      jobs,
    });
    for (;;) {
      await setImmediate();
      const completion = this.run.drain();
      if (completion !== undefined) return completion;
    }
  }

  /** Like `activate`, for a task that succeeds: its intents. */
  async intents(jobs: Job[], facts: Partial<Activation> = {}): Promise<Intent[]> {
    const completion = await this.activate(jobs, facts);
    if (completion.status === 'failed') throw new Error(`The task failed: ${completion.failure.message ?? ''}`);
    return completion.intents;
  }

  /** The kinds of the intents, with their numbers. */
  async kinds(jobs: Job[], facts: Partial<Activation> = {}): Promise<string[]> {
    const intents = await this.intents(jobs, facts);
    return intents.map((intent) => ('seq' in intent ? `${intent.kind} ${intent.seq}` : intent.kind));
  }
}

/** What a workflow that completed returned. */
export function resultOf(intents: readonly Intent[]): unknown {
  const done = intents.find((intent): intent is IntentOf<'completeWorkflow'> => intent.kind === 'completeWorkflow');
  if (done === undefined) throw new Error(`Expected the workflow to complete, got ${JSON.stringify(intents)}`);
  return value(done.result);
}
