/** What test environments need to run activities without a worker. */
export { callActivity } from './activity/call-activity.ts';
export type { ActivityCall } from './activity/call-activity.ts';
