export { interceptors } from '../environment/assert-to-failure-interceptor.ts';
