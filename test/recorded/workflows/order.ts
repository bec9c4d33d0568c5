export { order } from '../../../examples/order/src/workflows.ts';
