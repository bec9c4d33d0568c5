/**
 * What is compiled into an isolate: the workflow runtime, the tamed globals, and the functions that the host calls. Owns
 * the live runs of a context. Everything crosses as text.
 *
 * I1  No exported function throws but for bugs: a throw together with an unhandled rejection would leave the rejection to
 *     the next call, which may be another run's.
 * I2  Modules of the user are evaluated within the first activation of their run, so that they see its clock and seed.
 */
import * as common from '@reprise/common';
import * as payloadSearchAttributes from '@reprise/common/lib/converter/payload-search-attributes';
import * as encoding from '@reprise/common/lib/encoding';
import * as internalWorkflow from '@reprise/common/lib/internal-workflow';
import * as time from '@reprise/common/lib/time';
import * as typeHelpers from '@reprise/common/lib/type-helpers';
import * as userMetadata from '@reprise/common/lib/user-metadata';
import * as workflow from '@reprise/workflow';
import {
  AsyncLocalStorage,
  captureFrame,
  createRun,
  currentRun,
  DeterminismViolationError,
  guardThenable,
  installScopes,
  requireCurrentRun,
  restoreFrame,
  setFrame,
  type Activation,
  type LoadedModules,
  type RunCreation,
  type RunHost,
  type RuntimeRun,
} from '@reprise/workflow/runtime';
import { resetErrors } from './globals/errors.ts';
import { freezeExports, freezeShared, harden } from './globals/harden.ts';
import { installGlobals } from './globals/install.ts';
import type { UrlParts } from './globals/url.ts';
import { runGlobal } from './globals/run-global.ts';
import { taskNotices, type TaskNotice } from './task-notices.ts';
import { wrapAsyncGenerator } from './module-helpers/async-generator.ts';
import { moduleHelpers } from './module-helpers/helper-table.ts';

/** What the host lends to a context. Functions take and give text. */
export interface HostFunctions {
  parseUrl(
    href: string,
    base: string | undefined,
    name: string | undefined,
    value: string | undefined,
  ): string | undefined;
  nowMs(): number;
  patchActivation?(patchId: string, info: string): boolean;
  /** Told of every workflow task, for those who step through a replay. */
  onTask?: TaskNotice;
}

export interface ContextConfig {
  locale: string;
  timeZone: string;
  /** Whether several runs live in the context, so that what they share must be frozen. */
  isShared: boolean;
}

type ModuleId = number;
type Evaluate = ((id: ModuleId) => unknown) & { exports(): unknown[] };
type Instantiate = (global: object) => Evaluate;
type Link = (provided: object) => Instantiate;

interface Entries {
  workflows: ModuleId;
  interceptors: ModuleId[];
  payloadConverter?: ModuleId;
  failureConverter?: ModuleId;
}

const runs = new Map<string, RuntimeRun>();
const provided = new Map<string, unknown>();
let host: HostFunctions | undefined;
let instantiate: Instantiate | undefined;
let entries: Entries | undefined;
let isShared = true;
let isEvaluatingShared = false;
/** Workflow time while a run is being made. */
let startMs = 0;

const frames = { capture: captureFrame, set: setFrame as (frame: unknown) => void, guard: guardThenable };

/**
 * Tames and freezes the context, and with it `modules`, the exports of the runtime's own. Called once, before any code of
 * the user.
 */
export function prepare(configJson: string, hostFunctions: HostFunctions, modules: () => readonly object[]): void {
  const config = JSON.parse(configJson) as ContextConfig;
  host = hostFunctions;
  const builtins = installGlobals(globalThis, {
    nowMs() {
      return isEvaluatingShared ? 0 : requireCurrentRun().nowMs || startMs;
    },
    random() {
      return isEvaluatingShared ? 0.5 : requireCurrentRun().random();
    },
    requireRun: requireCurrentRun,
    run: currentRun,
    violation: (message) => new DeterminismViolationError(message),
    parseUrl(href, base, change) {
      const text = hostFunctions.parseUrl(href, base, change?.name, change?.value);
      return text === undefined ? undefined : (JSON.parse(text) as UrlParts);
    },
    AsyncLocalStorage,
    defaults: config,
  });
  installScopes(globalThis);
  for (const [name, value] of Object.entries(builtins)) provided.set(name, value);
  for (const [name, value] of Object.entries(moduleHelpers(frames))) provided.set(`helper:${name}`, value);
  provided.set('@reprise/workflow', workflow);
  provided.set('@reprise/common', common);
  provided.set('@reprise/common/lib/converter/payload-search-attributes', payloadSearchAttributes);
  provided.set('@reprise/common/lib/encoding', encoding);
  provided.set('@reprise/common/lib/internal-workflow', internalWorkflow);
  provided.set('@reprise/common/lib/time', time);
  provided.set('@reprise/common/lib/type-helpers', typeHelpers);
  provided.set('@reprise/common/lib/user-metadata', userMetadata);
  isShared = config.isShared;
  if (!isShared) return;
  const frozen = harden(globalThis);
  const generator = wrapAsyncGenerator(frames)(function* () {}) as () => object;
  const all = [...provided.values(), ...modules(), generator(), guardExecutor];
  for (const value of all) freezeExports(value as object, frozen);
}

function provide(name: string): unknown {
  if (provided.has(name)) return provided.get(name);
  throw new Error(`The workflow bundle asks for '${name}', which this version of the runtime does not provide`);
}

function absent(specifier: string): never {
  throw Object.assign(new Error(`Cannot find module '${specifier}': it is not part of the workflow bundle`), {
    code: 'MODULE_NOT_FOUND',
  });
}

/** Links a bundle to this context. */
export function link(bundle: Link, entriesJson: string): void {
  entries = JSON.parse(entriesJson) as Entries;
  instantiate = bundle({
    capture: captureFrame,
    set: setFrame,
    resume: restoreFrame,
    guard: guardThenable,
    executor: guardExecutor,
    provided: provide,
    absent,
    sharing: isShared,
    evaluateShared,
    sharedGlobal: runGlobal,
  });
}

/**
 * Evaluates what all runs share, with the clock at zero and no randomness: what it read of one run would show in the
 * others. What is new of it is frozen before anyone else sees it.
 */
function evaluateShared<T>(make: () => T, evaluate?: Evaluate): T {
  const outer = isEvaluatingShared;
  isEvaluatingShared = true;
  try {
    return make();
  } finally {
    isEvaluatingShared = outer;
    if (!outer) for (const exported of evaluate?.exports() ?? []) freezeShared(exported);
  }
}

type Executor = (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void;

/** The executor of a promise, with a `resolve` that guards thenables. */
function guardExecutor(executor: unknown): unknown {
  if (typeof executor !== 'function') return executor;
  const execute = executor as Executor;
  return (resolve: (value: unknown) => void, reject: (error: unknown) => void) =>
    execute((value) => resolve(guardThenable(value)), reject);
}

function loadModules(): LoadedModules {
  if (instantiate === undefined || entries === undefined)
    throw new Error('No workflow bundle is linked to this context');
  const evaluate = instantiate(isShared ? runGlobal() : globalThis);
  const one = (id: ModuleId | undefined, name: string): unknown =>
    id === undefined ? undefined : Reflect.get(Object(evaluate(id)) as object, name);
  const payloadConverter = one(entries.payloadConverter, 'payloadConverter');
  const failureConverter = one(entries.failureConverter, 'failureConverter');
  return {
    interceptorModules: withNotices(entries.interceptors.map((id) => evaluate(id))),
    workflows: evaluate(entries.workflows) as Record<string, unknown>,
    ...(payloadConverter === undefined ? {} : { payloadConverter }),
    ...(failureConverter === undefined ? {} : { failureConverter }),
  };
}

function withNotices(modules: readonly unknown[]): readonly unknown[] {
  if (host?.onTask === undefined) return modules;
  const { first, last } = taskNotices(host.onTask, () => workflow.workflowInfo().historyLength);
  return [first, ...modules, last];
}

function runHost(): RunHost {
  const lent = host;
  if (lent === undefined) return {};
  return {
    nowMs: () => lent.nowMs(),
    ...(lent.patchActivation === undefined
      ? {}
      : { patchActivation: (patchId: string, info: string) => lent.patchActivation?.(patchId, info) ?? true }),
  };
}

/** Applies an activation; makes the run first if `creationJson` is given. Microtasks follow when the call returns. */
export function activate(runKey: string, activationJson: string, creationJson?: string): void {
  resetErrors();
  const activation = JSON.parse(activationJson) as Activation;
  if (creationJson !== undefined) {
    startMs = activation.nowMs;
    const creation = JSON.parse(creationJson) as RunCreation;
    runs.set(runKey, createRun(creation, loadModules, runHost()));
  }
  live(runKey).activate(activation);
}

/** The completion as JSON text, or empty text when the microtasks must run once more. */
export function drain(runKey: string): string {
  const completion = live(runKey).drain();
  return completion === undefined ? '' : JSON.stringify(completion);
}

/**
 * Without a name, the text is that of a value that is no error. Gives whether the run is known: if not, it was never made,
 * and the error is a bug of ours.
 */
export function unhandledRejection(runKey: string, name: string, message: string, stack: string): boolean {
  const run = runs.get(runKey);
  if (run === undefined) return false;
  if (name === '') {
    run.unhandledRejection(message);
    return true;
  }
  const error = new Error(message);
  if (name !== 'Error') Object.defineProperty(error, 'name', { value: name, configurable: true });
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  run.unhandledRejection(error);
  return true;
}

export function placesJson(runKey: string): string {
  return JSON.stringify(live(runKey).places());
}

export function sinkCallsJson(runKey: string): string {
  return live(runKey).sinkCallsJson();
}

/** Forgets a run. */
export function release(runKey: string): void {
  const entry = runs.get(runKey);
  runs.delete(runKey);
  resetErrors();
  entry?.dispose();
}

function live(runKey: string): RuntimeRun {
  const entry = runs.get(runKey);
  if (entry === undefined) throw new Error(`No run '${runKey}' lives in this isolate`);
  return entry;
}
