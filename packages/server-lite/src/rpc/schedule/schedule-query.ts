import { invalidArgument, ServiceError } from '../../errors.ts';
import { schedulerDivision } from '../../system/schedule/schedule-visibility.ts';
import { scheduleWorkflowId } from '../../system/schedule/schedule-record.ts';
import {
  predefinedSearchAttributes,
  systemSearchAttributes,
} from '../../system/search-attribute/search-attribute-names.ts';
import { parseFilter } from '../../visibility/parse-filter.ts';
import type { FilterWords, VisibilityQuery } from '../../visibility/visibility.ts';

/** What the service puts before a filter over schedules. */
const running = "TemporalNamespaceDivision = 'TemporalScheduler' AND ExecutionStatus = 'Running'";

/** A filter over schedules, as visibility understands it. */
export function scheduleQuery(namespaceId: string, query: string | null | undefined): VisibilityQuery {
  return { namespaceId, query: query ?? '', division: schedulerDivision, words: scheduleWords };
}

const scheduleWords: FilterWords = {
  negation: false,
  rename: (name) => (name === 'ScheduleId' ? { name: 'WorkflowId', prefix: scheduleWorkflowId('') } : undefined),
  unknownName: (name, text) =>
    invalidArgument(
      `invalid query: unable to convert filter expression: unable to convert left side of "${text}": invalid search attribute: ${name}`,
    ),
  refused: (name) =>
    isReserved(name) && name !== 'TemporalSchedulePaused'
      ? invalidArgument(`invalid query filter for schedules: cannot filter on ${JSON.stringify(name)}`)
      : undefined,
};

const isReserved = (name: string): boolean =>
  Object.hasOwn(systemSearchAttributes, name) || Object.hasOwn(predefinedSearchAttributes, name);

/** Clauses that may end a filter make no sense inside the longer one that the service makes of it. */
function checkClauses(query: string): void {
  if (/^\s*order\s+by\b/i.test(query)) parseFilter(`${running} AND (${query})`);
}

/** Lists of schedules word what is wrong with a filter as the service's older parser does. */
export function inOlderWords<Result>(query: string | null | undefined, read: () => Result): Result {
  try {
    checkClauses(query ?? '');
    return read();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const message = error.message
      .replace('invalid expression: ', 'unable to convert filter expression: ')
      .replace(
        /(?=operation is not supported: ('not' expression|function expression|expression of type))/,
        'unable to convert filter expression: ',
      )
      .replace(
        /(?=operation is not supported: 'GROUP BY' clause is only)/,
        "unable to convert 'group by' column name: ",
      );
    throw message === error.message ? error : invalidArgument(message);
  }
}
