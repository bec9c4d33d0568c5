import { invalidArgument, ServiceError } from '../errors.ts';
import { schedulerDivision } from '../system/schedule/schedule-visibility.ts';
import { scheduleWorkflowId } from '../system/schedule/schedule-record.ts';
import type { VisibilityQuery } from '../visibility/visibility.ts';

/** A filter over schedules, as visibility understands it. */
export function scheduleQuery(namespaceId: string, query: string | null | undefined): VisibilityQuery {
  return {
    namespaceId,
    query: query ?? '',
    division: schedulerDivision,
    rename: (name) => (name === 'ScheduleId' ? { name: 'WorkflowId', prefix: scheduleWorkflowId('') } : undefined),
    unknownName: (name, text) =>
      invalidArgument(
        `invalid query: unable to convert filter expression: unable to convert left side of "${text}": invalid search attribute: ${name}`,
      ),
  };
}

/** Lists of schedules word what is wrong with a filter as the service's older parser does. */
export function inOlderWords<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const message = error.message.replace('invalid expression: ', 'unable to convert filter expression: ');
    throw message === error.message ? error : invalidArgument(message);
  }
}
