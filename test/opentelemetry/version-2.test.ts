import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@reprise/worker';
import { describe, expect, it } from 'vitest';

const entries = [
  '',
  '/lib/client',
  '/lib/instrumentation',
  '/lib/worker',
  '/lib/workflow',
  '/lib/workflow-interceptors',
];

describe('the name for version 2 of the OpenTelemetry SDK', () => {
  it.each(entries)('%s exports what the other name does', async (entry) => {
    const own = (await import(`@reprise/interceptors-opentelemetry${entry}`)) as object;
    const other = (await import(`@reprise/interceptors-opentelemetry-v2${entry}`)) as object;
    expect(other).toEqual(own);
  });

  it('names interceptors that workflows can load', async () => {
    const module = fileURLToPath(
      import.meta.resolve('@reprise/interceptors-opentelemetry-v2/lib/workflow-interceptors'),
    );
    const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
    const bundle = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules: [module] });
    expect(bundle.code).toContain('OpenTelemetryInboundInterceptor');
  });
});
