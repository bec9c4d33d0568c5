/**
 * Tracing of one workflow. It is set up with the first interceptor, as the global one of the workflow's own realm: code of
 * the workflow that uses OpenTelemetry's API makes spans like the interceptors'.
 */
import { context, propagation, trace } from '@opentelemetry/api';
import type { Tracer, TracerProvider } from '@opentelemetry/api';
import { inWorkflowContext, proxySinks } from '@reprise/workflow';
import type { OpenTelemetrySinks, SerializableSpan } from '../serializable-span.ts';
import { ContextStore } from './context-store.ts';
import { w3cPropagator } from './propagator.ts';
import { WorkflowTracer } from './workflow-tracer.ts';

const NAME = '@reprise/interceptor-workflow';

let contextStore: ContextStore | undefined;
let tracer: Tracer | undefined;

/** The tracer of the interceptors. */
export function workflowTracer(): Tracer {
  tracer ??= inWorkflowContext() ? setUp() : trace.getTracer(NAME);
  return tracer;
}

function setUp(): Tracer {
  const { exporter } = proxySinks<OpenTelemetrySinks>();
  const onEnd = (span: SerializableSpan): void => exporter.export([span]);
  const provider: TracerProvider = {
    getTracer: (name, version) => new WorkflowTracer({ name, ...(version !== undefined && { version }) }, onEnd),
  };
  contextStore = new ContextStore();
  context.setGlobalContextManager(contextStore);
  propagation.setGlobalPropagator(w3cPropagator);
  trace.setGlobalTracerProvider(provider);
  return provider.getTracer(NAME);
}

/** Forgets the active contexts, when the workflow goes. */
export function tearDown(): void {
  contextStore?.disable();
}
