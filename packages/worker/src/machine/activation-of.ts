/** What a run tells its code: the jobs, and what holds while they are done. */
import type { Activation } from '@reprise/workflow/runtime';
import type { RunState } from './run-state.ts';

export function activationOf(state: RunState, jobs: Activation['jobs']): Activation {
  const { sdk } = state;
  // Who completed the task, as history says; on new ground that will be this worker.
  const { buildId, deployment } = state.replaying ? sdk : state.build;
  return {
    nowMs: state.nowMs,
    isReplaying: state.replaying,
    isReplayingHistoryEvents: state.replaying,
    historyLength: state.lastEventId,
    historySizeBytes: state.historySizeBytes,
    continueAsNewSuggested: state.continueAsNewSuggested,
    suggestedContinueAsNewReasons: state.continueAsNewReasons,
    ...(buildId === undefined ? {} : { currentBuildId: buildId }),
    ...(deployment === undefined ? {} : { currentDeploymentVersion: deployment }),
    targetWorkerDeploymentVersionChanged: state.targetVersionChanged,
    knownFlags: [...sdk.lang],
    ...(sdk.version === '' ? {} : { lastSdkVersion: sdk.version }),
    jobs,
  };
}
