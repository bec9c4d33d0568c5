/** What a worker tells of itself. */
import type { WorkerParts } from './worker-parts.ts';

export type State = 'INITIALIZED' | 'RUNNING' | 'STOPPING' | 'DRAINING' | 'DRAINED' | 'STOPPED' | 'FAILED';

/** Whether polls are made: POLLING until the worker shuts down. */
export type PollerState = 'POLLING' | 'SHUTDOWN' | 'FAILED';

export interface WorkerStatus {
  runState: State;
  /** Workflow tasks that were handed out and not answered yet. */
  numInFlightWorkflowActivations: number;
  /** Activities that run, the local ones included. */
  numInFlightActivities: number;
  numInFlightNonLocalActivities: number;
  numInFlightLocalActivities: number;
  workflowPollerState: PollerState;
  activityPollerState: PollerState;
  /** Whether a poll for workflow tasks is open. */
  hasOutstandingWorkflowPoll: boolean;
  /** Whether a poll for activity tasks is open. */
  hasOutstandingActivityPoll: boolean;
  numHeartbeatingActivities: number;
  numCachedWorkflows: number;
}

/** Looks at the parts of a worker. */
export function statusOf(
  parts: Pick<WorkerParts, 'activityFlow' | 'nexus' | 'underway' | 'polls' | 'slots'>,
  worker: { readonly runState: State; readonly hasFailed: boolean; readonly cachedRuns: number },
): WorkerStatus {
  const { activityFlow, nexus, underway, polls, slots } = parts;
  const hasOpenPoll = (types: readonly string[]): boolean =>
    polls.some(({ pollerType, open }) => types.includes(pollerType) && open > 0);
  const isPolling = worker.runState === 'INITIALIZED' || worker.runState === 'RUNNING';
  const pollerState = worker.hasFailed ? 'FAILED' : isPolling ? 'POLLING' : 'SHUTDOWN';
  return {
    runState: worker.runState,
    numInFlightWorkflowActivations: underway.size - activityFlow.running - (nexus?.flow.running ?? 0),
    numInFlightActivities: activityFlow.running + slots.localActivity.used,
    numInFlightNonLocalActivities: activityFlow.running,
    numInFlightLocalActivities: slots.localActivity.used,
    workflowPollerState: pollerState,
    activityPollerState: pollerState,
    hasOutstandingWorkflowPoll: hasOpenPoll(['workflow_task', 'sticky_workflow_task']),
    hasOutstandingActivityPoll: hasOpenPoll(['activity_task']),
    numHeartbeatingActivities: activityFlow.heartbeating,
    numCachedWorkflows: worker.cachedRuns,
  };
}
