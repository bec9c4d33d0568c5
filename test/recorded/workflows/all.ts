export { account } from './account.ts';
export { fleet, leg } from './fleet.ts';
export { order } from './order.ts';
