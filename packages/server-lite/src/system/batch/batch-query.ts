/** Which executions the query of a batch is about, in the words of listings. */
import type { BatchRequest } from './batch-record.ts';

const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What is unpaused is looked for by what is paused: by its type alone, or besides what the request asks for. */
function queryOf({ visibilityQuery, unpauseActivitiesOperation: unpause }: BatchRequest): string {
  const given = visibilityQuery ?? '';
  if (unpause?.type) return `TemporalPauseInfo = ${text(`property:activityType=${unpause.type}`)}`;
  return unpause?.matchAll ? `(${given}) AND (TemporalPauseInfo STARTS_WITH 'property:activityType=')` : given;
}

/** Empty when the request has none: then it names its executions. Only deletions and resets are about closed ones too. */
export function batchQuery(request: BatchRequest): string {
  const query = queryOf(request);
  const isForAll = Boolean(request.deletionOperation ?? request.resetOperation);
  return query === '' || isForAll ? query : `(${query}) AND (ExecutionStatus='Running')`;
}
