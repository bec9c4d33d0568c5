export { account } from './account.ts';
export { fleet, leg } from './fleet.ts';
export { hello } from './hello.ts';
export { order } from './order.ts';
export { subscription, weeklyReminder } from './subscription.ts';
