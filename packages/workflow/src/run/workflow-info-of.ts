import {
  decodeSearchAttributes,
  decodeSuggestContinueAsNewReasons,
  decodeTypedSearchAttributes,
  fromWallPayload,
  TypedSearchAttributes,
  wallToValue,
  retryPolicyOfMs,
  type WallPayload,
} from '@reprise/common';
import type { RunFacts } from '../jobs.ts';
import { fillRandom, uuidFrom } from './alea.ts';
import { errorFromWall } from './asking.ts';
import type { Run } from './run.ts';
import type { UnsafeRandomSource, UnsafeWorkflowInfo, WorkflowInfo } from './workflow-info.ts';

type Attributes = Pick<WorkflowInfo, 'memo' | 'searchAttributes' | 'typedSearchAttributes'>;

function fromWallMap(map: Record<string, WallPayload> | undefined) {
  return Object.fromEntries(Object.entries(map ?? {}).map(([name, wall]) => [name, fromWallPayload(wall)]));
}

/** Memo and search attributes: decoded at the first look, then kept up to date by upserts. */
export function attributesOf(run: Run): Attributes {
  const { facts } = run;
  run.attributes ??= {
    memo: Object.fromEntries(
      Object.entries(facts?.memo ?? {}).map(([key, wall]) => [key, wallToValue(run.payloadConverter, wall)]),
    ),
    searchAttributes:
      facts?.searchAttributes === undefined ? {} : decodeSearchAttributes(fromWallMap(facts.searchAttributes)),
    typedSearchAttributes:
      facts?.searchAttributes === undefined
        ? new TypedSearchAttributes()
        : decodeTypedSearchAttributes(fromWallMap(facts.searchAttributes)),
  };
  return run.attributes;
}

/** Left out where `workflowInfo()` becomes JSON, such as in the result of a workflow. */
function randomSource(random: () => number): UnsafeRandomSource {
  const source = {
    random,
    uuid4: () => uuidFrom(random),
    fillRandom: (bytes: Uint8Array) => fillRandom(random, bytes),
  };
  return Object.defineProperty(source, 'toJSON', { value: () => undefined, enumerable: false });
}

function unsafeOf(run: Run): UnsafeWorkflowInfo {
  const random = run.host.random ?? run.random.throwAway('unsafe');
  return {
    now: () => run.host.nowMs?.() ?? run.task.nowMs,
    isReplaying: run.task.isReplaying,
    isReplayingHistoryEvents: run.task.isReplayingHistoryEvents,
    random: randomSource(random),
  };
}

function chainOf(run: Run, facts: RunFacts | undefined) {
  const { runId } = run.creation;
  return {
    firstExecutionRunId: facts?.firstExecutionRunId ?? runId,
    originalExecutionRunId: facts?.originalExecutionRunId ?? runId,
    ...(facts?.continuedFromExecutionRunId === undefined
      ? {}
      : { continuedFromExecutionRunId: facts.continuedFromExecutionRunId }),
    ...(facts?.parent === undefined ? {} : { parent: facts.parent }),
    ...(facts?.root === undefined ? {} : { root: facts.root }),
    attempt: facts?.attempt ?? 1,
    ...(facts?.lastResult?.[0] === undefined
      ? {}
      : { lastResult: wallToValue(run.payloadConverter, facts.lastResult[0]) }),
    ...(facts?.lastFailure === undefined ? {} : { lastFailure: errorFromWall(run, facts.lastFailure) }),
  };
}

function limitsOf(facts: RunFacts | undefined) {
  return {
    taskTimeoutMs: facts?.taskTimeoutMs ?? 10_000,
    ...(facts?.executionTimeoutMs === undefined ? {} : { executionTimeoutMs: facts.executionTimeoutMs }),
    ...(facts?.executionExpirationTimeMs === undefined
      ? {}
      : { executionExpirationTime: new Date(facts.executionExpirationTimeMs) }),
    ...(facts?.runTimeoutMs === undefined ? {} : { runTimeoutMs: facts.runTimeoutMs }),
    ...(facts?.retryPolicy === undefined ? {} : { retryPolicy: retryPolicyOfMs(facts.retryPolicy) }),
    ...(facts?.cronSchedule === undefined ? {} : { cronSchedule: facts.cronSchedule }),
    ...(facts?.cronScheduleToScheduleIntervalMs === undefined
      ? {}
      : { cronScheduleToScheduleInterval: facts.cronScheduleToScheduleIntervalMs }),
    priority: facts?.priority ?? {},
  };
}

function taskFactsOf({ task }: Run) {
  const { suggestedContinueAsNewReasons, currentBuildId, currentDeploymentVersion } = task;
  return {
    historyLength: task.historyLength,
    historySize: task.historySizeBytes,
    continueAsNewSuggested: task.continueAsNewSuggested,
    ...(suggestedContinueAsNewReasons === undefined || suggestedContinueAsNewReasons.length === 0
      ? {}
      : { suggestedContinueAsNewReasons: decodeSuggestContinueAsNewReasons(suggestedContinueAsNewReasons) }),
    targetWorkerDeploymentVersionChanged: task.targetWorkerDeploymentVersionChanged ?? false,
    ...(currentBuildId === undefined ? {} : { currentBuildId }),
    ...(currentDeploymentVersion === undefined ? {} : { currentDeploymentVersion }),
  };
}

/** The info of a run as of now; the same object until something in it changes. */
export function workflowInfoOf(run: Run): WorkflowInfo {
  const { creation, facts } = run;
  run.info ??= Object.freeze({
    workflowId: creation.workflowId,
    runId: creation.runId,
    workflowType: creation.workflowType,
    namespace: creation.namespace,
    taskQueue: creation.taskQueue,
    ...attributesOf(run),
    ...chainOf(run, facts),
    ...limitsOf(facts),
    ...taskFactsOf(run),
    startTime: new Date(facts?.startTimeMs ?? run.task.nowMs),
    runStartTime: new Date(run.runStartMs),
    unsafe: unsafeOf(run),
  });
  return run.info;
}
