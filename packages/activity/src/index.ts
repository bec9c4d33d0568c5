export { ApplicationFailure, CancelledFailure, CompleteAsyncError } from '@reprise/common';
export type { ActivityFunction, ActivityInterface, UntypedActivities } from '@reprise/common';
export { Context, asyncLocalStorage } from './context.ts';
export type { ContextOptions } from './context.ts';
export type { Info } from './info.ts';
export {
  activityInfo,
  cancellationDetails,
  cancellationSignal,
  cancelled,
  getClient,
  heartbeat,
  log,
  metricMeter,
  sleep,
} from './current.ts';
