import { expect, test } from 'vitest';

test.each([
  ['lib', 'OpenTelemetryPlugin'],
  ['lib/index.js', 'OpenTelemetryPlugin'],
  ['lib/client/index.js', 'OpenTelemetryWorkflowClientInterceptor'],
  ['lib/worker', 'makeWorkflowExporter'],
  ['lib/worker/index', 'makeWorkflowExporter'],
  ['lib/workflow', 'OpenTelemetryInboundInterceptor'],
  ['lib/workflow/index.js', 'OpenTelemetryInboundInterceptor'],
  ['lib/workflow/definitions', 'SpanName'],
])('%s is found under the names that its files have in the published package', async (subpath, name) => {
  const specifier = `@reprise/interceptors-opentelemetry/${subpath}`;
  const found = (await import(/* @vite-ignore */ specifier)) as object;
  expect(Object.keys(found)).toContain(name);
});
