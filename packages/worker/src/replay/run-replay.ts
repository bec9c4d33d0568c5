/** Replay under the names of the published SDK: options of a worker, histories in, verdicts out. */
import type { Logger } from '@reprise/common';
import { CodedPayloads } from '../decode/coded-payloads.ts';
import { loadWorkflowBundle } from '../load-workflow-bundle.ts';
import { isDebugged } from '../host/is-debugged.ts';
import { IsolateLostError, type Isolate } from '../isolate/isolate.ts';
import { IvmIsolate, type IvmIsolateOptions } from '../isolate/ivm-isolate.ts';
import { Runtime } from '../runtime.ts';
import { compileWorkerOptions, type CompiledWorkerOptions } from '../options/compile-worker-options.ts';
import type { PatchActivationCallback, ReplayWorkerOptions } from '../options/worker-options.ts';
import { ReplayError } from '../errors.ts';
import { patchActivationBy } from '../patch-activation.ts';
import { SinkRunner, type InjectedSinks, type SinkCaller } from '../sinks.ts';
import { historyEvents } from './history-events.ts';
import { replayHistory, type ReplayOutcome } from './replay-history.ts';
import { DeterminismViolationError, type SinkCall } from '@reprise/workflow/runtime';

export interface ReplayResult {
  readonly workflowId: string;
  readonly runId: string;
  /** Why the history does not replay; absent when it does. */
  readonly error?: ReplayError | DeterminismViolationError;
}

export type ReplayHistoriesIterable =
  | AsyncIterable<{ workflowId: string; history: unknown }>
  | Iterable<{ workflowId: string; history: unknown }>;

const INCOMPATIBLE =
  'Replay failed with a nondeterminism error. This means that the workflow code as written is not compatible with the history that was fed in. Details: ';

/** Another place for workflow code than an isolate of its own. Histories are then replayed once, whatever comes of it. */
interface ReplayPlace {
  readonly createIsolate: (options: Pick<IvmIsolateOptions, 'bundle' | 'patchActivation'>) => Isolate;
}

/** Replays one history, and throws what is wrong with it. */
export async function runReplay(
  options: ReplayWorkerOptions,
  history: unknown,
  { workflowId = 'fake', ...place }: { workflowId?: string } & Partial<ReplayPlace> = {},
): Promise<void> {
  for await (const { error } of replayHistories(options, [{ workflowId, history }], place))
    if (error !== undefined) throw error;
}

/** Replays histories one after another against the same isolate. */
export async function* replayHistories(
  asked: ReplayWorkerOptions,
  histories: ReplayHistoriesIterable,
  { createIsolate }: Partial<ReplayPlace> = {},
): AsyncGenerator<ReplayResult, void, undefined> {
  let options = asked;
  for (const plugin of asked.plugins ?? []) options = (await plugin.configureReplayWorker?.(options)) ?? options;
  const { replayName = 'fake_replay_queue', ...workerOptions } = options;
  const compiled = compileWorkerOptions({ ...workerOptions, taskQueue: replayName });
  const { logger = Runtime.instance().logger } = options;
  const bundle = await loadWorkflowBundle(options, logger, { mapTemporalScope: true });
  if (bundle === undefined) throw new TypeError('ReplayWorkerOptions must contain workflowsPath or workflowBundle');
  const isolateOptions = { bundle, ...patches(options.patchActivationCallback) };
  const limits = isDebugged() ? { deadlineMs: null } : { isGuarded: true };
  const open = (): Isolate =>
    createIsolate?.(isolateOptions) ??
    new IvmIsolate({ ...isolateOptions, ...limits, strict: !compiled.sharesContexts });
  const isOnce = createIsolate !== undefined;
  const sinks = replayedSinks(options.sinks ?? {}, { logger, namespace: compiled.namespace });
  let isolate = open();
  try {
    for await (const { workflowId, history } of histories) {
      const result = await replayOne({ isolate, isOnce, compiled, sinks }, workflowId, history);
      if (result.error?.cause instanceof IsolateLostError) isolate = open();
      yield result;
    }
  } finally {
    isolate.dispose();
  }
}

interface Replayer {
  readonly isolate: Isolate;
  readonly isOnce: boolean;
  readonly compiled: CompiledWorkerOptions;
  readonly sinks: ReplayedSinks;
}

async function replayOne(
  { isolate, isOnce, compiled, sinks }: Replayer,
  workflowId: string,
  history: unknown,
): Promise<ReplayResult> {
  const events = await historyEvents(history);
  const runId = events[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
  const { namespace } = compiled;
  const { payloadCodecs: codecs, externalStorage } = compiled.loadedDataConverter;
  const payloads = new CodedPayloads({ codecs, namespace, externalStorage });
  await payloads.decode(events, { workflowId, runId });
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const workflowType = started?.workflowType?.name ?? '';
  const caller = { workflowId, runId, workflowType, taskQueue: started?.taskQueue?.name ?? '' };
  const replay = (): ReplayOutcome =>
    replayHistory({
      events,
      isolate,
      namespace,
      workflowId,
      strict: true,
      ...(isOnce ? { places: true } : {}),
      failureErrorTypes: compiled.workflowFailureErrorTypes,
      onSinkCalls: (calls) => sinks(calls, caller),
    });
  const error = errorOfReplay(replay, (stack) => isolate.sources?.mapStack(stack) ?? stack);
  return { workflowId, runId, ...(error === undefined ? {} : { error }) };
}

/** Code that does not come to an end fails the history that it is replayed with, and no other. */
function errorOfReplay(replay: () => ReplayOutcome, mapStack: (stack: string) => string): ReplayResult['error'] {
  try {
    return errorOf(replay(), mapStack);
  } catch (error) {
    if (!(error instanceof IsolateLostError)) throw error;
    return new ReplayError(`Replay failed due workflow task failure. Details: ${error.message}`, { cause: error });
  }
}

function errorOf(outcome: ReplayOutcome, mapStack: (stack: string) => string): ReplayResult['error'] {
  switch (outcome.status) {
    case 'ok':
      return undefined;
    case 'mismatch': {
      const { code, message, now } = outcome.mismatch;
      const where = now?.place === undefined ? '' : `\n${mapStack(now.place)}`;
      if (code === 'invalid-history')
        return new ReplayError(`Replay failed, the history is not valid. Details: ${message}`);
      return new DeterminismViolationError(`${INCOMPATIBLE}${message}${where}`);
    }
    case 'threw': {
      const text = `${outcome.failure.message ?? ''}\n${mapStack(outcome.failure.stackTrace ?? '')}`.trimEnd();
      return new ReplayError(`Replay failed due workflow task failure. Details: ${text}`);
    }
  }
}

function patches(callback: PatchActivationCallback | undefined): Pick<IvmIsolateOptions, 'patchActivation'> {
  if (callback === undefined) return {};
  return { patchActivation: patchActivationBy(callback) };
}

type ReplayedSinks = (calls: readonly SinkCall[], caller: SinkCaller) => void;

/** Calls the sinks that are to be called during replay; the others keep silent, as do logs and metrics. */
function replayedSinks(
  sinks: InjectedSinks,
  { logger, namespace }: { logger: Logger; namespace: string },
): ReplayedSinks {
  const runner = new SinkRunner(sinks, { logger, namespace, measure: () => undefined });
  const isHeard = ({ interfaceName, functionName }: SinkCall): boolean =>
    Object.hasOwn(sinks, interfaceName) && sinks[interfaceName]?.[functionName]?.callDuringReplay === true;
  return (calls, caller) => runner.run(calls.filter(isHeard), caller);
}
