export { bookTrip } from './booking/book-trip.ts';
export { poller } from './poller.ts';
export { cart } from './cart.ts';
export { report, section } from './report.ts';
export { approval } from './approval.ts';
export { billing } from './billing.ts';
export { pipeline } from './pipeline.ts';
export { desk } from './desk.ts';
