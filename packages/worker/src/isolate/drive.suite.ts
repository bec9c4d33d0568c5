/** For tests of isolates: runs one workflow by hand-made activations, firing every timer in the next turn. */
import type { Activation, Completion, Intent, Job, RunCreation } from '@reprise/workflow/runtime';
import type { Isolate } from './isolate.ts';

export const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

export function creationOf(runKey: string, workflowType: string, seed = [1, 2, 3, 4, 5, 6, 7, 8]): RunCreation {
  return {
    runKey,
    workflowType,
    workflowId: `workflow-${runKey}`,
    runId: `run-${runKey}`,
    namespace: 'default',
    taskQueue: 'queue',
    randomSeed: seed,
  };
}

export function activationOf(jobs: Job[], nowMs = START_MS): Activation {
  return {
    nowMs,
    isReplaying: false,
    isReplayingHistoryEvents: false,
    historyLength: 3,
    historySizeBytes: 100,
    continueAsNewSuggested: false,
    knownFlags: [1, 2, 3, 4, 5, 6],
    jobs,
  };
}

export function initializeJob(
  { workflowType, workflowId, runId, namespace, taskQueue }: RunCreation,
  args: unknown[],
): Job {
  return {
    kind: 'initialize',
    args: args.map((arg) => ({ m: { encoding: 'json/plain' }, d: JSON.stringify(arg) })),
    headers: {},
    facts: {
      workflowId,
      runId,
      workflowType,
      namespace,
      taskQueue,
      firstExecutionRunId: runId,
      originalExecutionRunId: runId,
      attempt: 1,
      startTimeMs: START_MS,
      taskTimeoutMs: 10_000,
    },
  };
}

export interface Driven {
  /** The result, or the failure of the workflow or of its task. */
  outcome: { result: unknown } | { failure: NonNullable<Extract<Completion, { status: 'failed' }>['failure']> };
  intents: Intent[];
  turns: number;
}

/** Starts a run and goes on until it closes. Every pending timer fires in the turn after the one it was started in. */
export function drive(isolate: Isolate, workflowType: string, args: unknown[] = [], runKey = workflowType): Driven {
  const creation = creationOf(runKey, workflowType);
  isolate.create(creation);
  const intents: Intent[] = [];
  let jobs: Job[] = [initializeJob(creation, args)];
  try {
    for (let turns = 1; turns < 2000; turns++) {
      const completion = isolate.activate(runKey, activationOf(jobs, START_MS + turns * 1000));
      if (completion.status === 'failed') return { outcome: { failure: completion.failure }, intents, turns };
      intents.push(...completion.intents);
      const outcome = outcomeOf(completion.intents);
      if (outcome !== undefined) return { outcome, intents, turns };
      const cancelled = new Set(
        completion.intents.flatMap((intent) => (intent.kind === 'cancelTimer' ? [intent.seq] : [])),
      );
      jobs = completion.intents.flatMap((intent): Job[] =>
        intent.kind === 'startTimer' && !cancelled.has(intent.seq) ? [{ kind: 'fireTimer', seq: intent.seq }] : [],
      );
      if (jobs.length === 0) throw new Error(`Run '${runKey}' waits for something that is no timer`);
    }
    throw new Error(`Run '${runKey}' does not end`);
  } finally {
    isolate.release(runKey);
  }
}

/** The result of a workflow that must complete. */
export function resultOf(isolate: Isolate, workflowType: string, args: unknown[] = []): unknown {
  const { outcome } = drive(isolate, workflowType, args);
  if ('result' in outcome) return outcome.result;
  throw new Error(`${workflowType} failed: ${outcome.failure.message ?? ''}\n${outcome.failure.stackTrace ?? ''}`);
}

function outcomeOf(intents: readonly Intent[]): Driven['outcome'] | undefined {
  for (const intent of intents) {
    if (intent.kind === 'completeWorkflow')
      return { result: intent.result?.d === undefined ? undefined : JSON.parse(intent.result.d) };
    if (intent.kind === 'failWorkflow') return { failure: intent.failure };
  }
  return undefined;
}
