/** The pending activities that an operator means, by id or by type. */
import type { temporal } from '@reprise/proto';
import { invalidArgument, notFound } from '../../errors.ts';
import type { Activity } from '../../execution/activity-state.ts';
import { type Execution, isRunning } from '../../execution/execution.ts';
import type { RunRow } from '../../store/store.ts';
import { requestRun } from '../request-run.ts';
import type { RpcContext } from '../rpc.ts';
import { isUuid } from '../../execution/uuid-text.ts';

export interface Choice {
  readonly id?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly all?: boolean | null | undefined;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** @throws ServiceError INVALID_ARGUMENT */
export function checkChoice(
  execution: temporal.api.common.v1.WorkflowExecution | null | undefined,
  { id, type, all }: Choice,
): void {
  if (!execution?.workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (![id, type, all].some(isGiven)) {
    throw invalidArgument('Either Activity.Id or Activity.Type should be set on request.');
  }
}

/**
 * The run whose activities are meant.
 *
 * @throws ServiceError INVALID_ARGUMENT or NOT_FOUND
 */
export function runOfChoice(
  ctx: RpcContext,
  execution: temporal.api.common.v1.WorkflowExecution | null | undefined,
  choice: Choice,
): RunRow {
  checkChoice(execution, choice);
  if (execution?.runId && !isUuid(execution.runId)) throw invalidArgument('RunId is not valid UUID.');
  return requestRun(ctx, execution);
}

/**
 * @param order whether first the run has to be open, or there has to be something of the type that is meant, or it
 *   does not matter whether the run is open
 * @throws ServiceError NOT_FOUND when there is none
 */
export function chosenActivities(
  execution: Execution,
  { id, type }: Choice,
  order: 'openFirst' | 'typeFirst' | 'anyRun' = 'openFirst',
): Activity[] {
  const mustBeOpen = order !== 'anyRun' && !isRunning(execution);
  if (mustBeOpen && (order === 'openFirst' || isGiven(id))) throw notFound('workflow execution already completed');
  const chosen = [...execution.activities.values()].filter(
    ({ activityId, attributes }) =>
      (isGiven(id) && activityId === id) || (isGiven(type) && (attributes.activityType?.name ?? '') === type),
  );
  if (chosen.length > 0 && mustBeOpen) throw notFound('workflow execution already completed');
  if (chosen.length > 0) return chosen;
  throw notFound("Can't find pending activity with such ID. Invalid activityID or activity already completed");
}
