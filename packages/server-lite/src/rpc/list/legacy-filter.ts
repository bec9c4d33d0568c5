import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { fromTimestamp } from '../wire-time.ts';

interface LegacyRequest {
  readonly startTimeFilter?: temporal.api.filter.v1.StartTimeFilter | null | undefined;
  readonly executionFilter?: temporal.api.filter.v1.WorkflowExecutionFilter | null | undefined;
  readonly typeFilter?: temporal.api.filter.v1.WorkflowTypeFilter | null | undefined;
}

/** Whatever it holds: a quotation mark in it ends the text early, there as here. */
const quoted = (text: string | null | undefined): string => `'${text ?? ''}'`;

/** What the two older listing calls filter by, in the filter language. */
export function legacyConditions(request: LegacyRequest, timeAttribute: 'StartTime' | 'CloseTime'): string[] {
  const { startTimeFilter, executionFilter, typeFilter } = request;
  const conditions: string[] = [];
  const { earliestTime, latestTime } = startTimeFilter ?? {};
  if (earliestTime && latestTime && fromTimestamp(earliestTime) > fromTimestamp(latestTime)) {
    throw invalidArgument('EarliestTime in StartTimeFilter should not be larger than LatestTime.');
  }
  const compare = (operator: string, timeMs: number): void =>
    void conditions.push(`${timeAttribute} ${operator} ${quoted(new Date(timeMs).toISOString())}`);
  if (earliestTime) compare('>=', fromTimestamp(earliestTime));
  if (latestTime) compare('<=', fromTimestamp(latestTime));
  if (executionFilter) conditions.push(`WorkflowId = ${quoted(executionFilter.workflowId)}`);
  if (typeFilter) conditions.push(`WorkflowType = ${quoted(typeFilter.name)}`);
  return conditions;
}
