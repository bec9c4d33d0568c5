import { composeInterceptors } from '@reprise/common';
import { decodeGroupValues } from '../convert/group-values.ts';
import type { ActivityCountInput } from './activity-interceptor.ts';
import type { CountActivityExecutions } from './activity-options.ts';
import { callingActivity } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';

/** Counts activities, through the interceptors. */
export function countActivities(scope: ActivityScope, input: ActivityCountInput): Promise<CountActivityExecutions> {
  const last = async ({ query }: ActivityCountInput): Promise<CountActivityExecutions> => {
    const response = await callingActivity(scope, { action: 'Failed to count activities' }, () =>
      scope.service.countActivityExecutions({ namespace: scope.namespace, query }),
    );
    const groups = (response.groups ?? []).map(({ count, groupValues }) => ({
      count: count ?? 0,
      groupValues: decodeGroupValues(groupValues),
    }));
    return { count: response.count ?? 0, groups };
  };
  return composeInterceptors(scope.interceptors, 'count', last)(input);
}
