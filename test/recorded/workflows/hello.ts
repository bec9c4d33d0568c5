export { hello } from '../../../examples/hello/src/workflows.ts';
