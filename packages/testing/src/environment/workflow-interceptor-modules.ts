import { fileURLToPath } from 'node:url';

/**
 * Interceptor modules for workers in tests: with them, an assertion that fails in workflow code fails the workflow.
 *
 * @example
 * const worker = await Worker.create({ ..., interceptors: { workflowModules: workflowInterceptorModules } });
 */
export const workflowInterceptorModules: string[] = [
  fileURLToPath(
    new URL(`./assert-to-failure-interceptor${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  ),
];
