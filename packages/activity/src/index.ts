export { ApplicationFailure, CancelledFailure, CompleteAsyncError } from '@reprise/common';
export type {
  ActivityDefinitionOptions,
  ActivityFunction,
  ActivityInterface,
  ActivityTypeInfoMap,
  UntypedActivities,
} from '@reprise/common';
export { setActivityOptions } from './activity-options.ts';
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
