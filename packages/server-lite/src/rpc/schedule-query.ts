import { invalidArgument } from '../errors.ts';
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
