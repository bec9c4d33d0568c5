import { composeInterceptors } from '@reprise/common';
import { decodeActivityInfo } from './activity-info.ts';
import type { ActivityListInput } from './activity-interceptor.ts';
import type { ActivityExecutionInfo } from './activity-options.ts';
import { callingActivity } from './activity-scope.ts';
import type { ActivityScope } from './activity-scope.ts';

/** Lists activities as they are asked for, through the interceptors. */
export function listActivities(
  scope: ActivityScope,
  input: ActivityListInput,
  pageSize: number | undefined,
): AsyncIterable<ActivityExecutionInfo> {
  return composeInterceptors(scope.interceptors, 'list', ({ query }: ActivityListInput) =>
    pages(scope, query, pageSize),
  )(input);
}

async function* pages(
  scope: ActivityScope,
  query: string,
  pageSize: number | undefined,
): AsyncGenerator<ActivityExecutionInfo> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const token = nextPageToken;
    const response = await callingActivity(scope, { action: 'Failed to list activities' }, () =>
      scope.service.listActivityExecutions({ namespace: scope.namespace, query, pageSize, nextPageToken: token }),
    );
    for (const raw of response.executions ?? []) yield decodeActivityInfo(raw);
    nextPageToken = response.nextPageToken ?? undefined;
  } while (nextPageToken !== undefined && nextPageToken.length > 0);
}
