/** For `workflowModules` of workers. */
export { interceptors } from '../workflow-interceptors.ts';
