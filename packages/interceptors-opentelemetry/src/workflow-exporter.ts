/** Takes the spans of workflow code that come out of the sandbox to a processor or an exporter of OpenTelemetry. */
import { createTraceState } from '@opentelemetry/api';
import type { AttributeValue, SpanContext } from '@opentelemetry/api';
import type { InjectedSink } from '@reprise/worker';
import type { WorkflowInfo } from '@reprise/workflow';
import type { OpenTelemetryWorkflowExporter, SerializableSpan } from './serializable-span.ts';

/** A span as processors and exporters read it, of OpenTelemetry's SDK 1 and 2 alike. */
export interface ReadableWorkflowSpan<Resource> extends Omit<SerializableSpan, 'spanContext'> {
  spanContext(): SpanContext;
  /** Where SDK 2 looks for `parentSpanId`. */
  readonly parentSpanContext?: SpanContext;
  /** Where SDK 2 looks for `instrumentationLibrary`. */
  readonly instrumentationScope: SerializableSpan['instrumentationLibrary'];
  readonly resource: Resource;
}

/** A `SpanProcessor` of OpenTelemetry's SDK. */
export interface SpanProcessorOf<Resource> {
  onEnd(span: ReadableWorkflowSpan<Resource>): void;
}

/** A `SpanExporter` of OpenTelemetry's SDK. */
export interface SpanExporterOf<Resource> {
  export(spans: ReadableWorkflowSpan<Resource>[], resultCallback: (result: { code: number }) => void): void;
}

/**
 * Makes the sink that spans of workflow code are exported by; inject it as `sinks.exporter`.
 *
 * @param processorOrExporter where spans go. With a processor, their resource may have attributes that are found late.
 * @param resource what the spans are of, as OpenTelemetry's SDK makes it
 * @example
 * const sinks = { exporter: makeWorkflowExporter(new BatchSpanProcessor(exporter), resource) };
 */
export function makeWorkflowExporter<Resource>(
  processorOrExporter: SpanProcessorOf<Resource> | SpanExporterOf<Resource>,
  resource: Resource,
): InjectedSink<OpenTelemetryWorkflowExporter> {
  return {
    export: {
      fn: (info, serialized) => {
        const spans = serialized.map((span) => readable(span, info, resource));
        if ('onEnd' in processorOrExporter) for (const span of spans) processorOrExporter.onEnd(span);
        else processorOrExporter.export(spans, () => undefined);
      },
    },
  };
}

function readable<Resource>(
  span: SerializableSpan,
  info: WorkflowInfo,
  resource: Resource,
): ReadableWorkflowSpan<Resource> {
  const { spanContext: context, ...rest } = span;
  const { traceState, ...ids } = context;
  const spanContext = { ...ids, ...(traceState && { traceState: createTraceState(traceState) }) };
  const { parentSpanId: spanId } = span;
  return {
    ...rest,
    attributes: { ...span.attributes, ...attributesOf(info) },
    resource,
    instrumentationScope: span.instrumentationLibrary,
    ...(spanId !== undefined && { parentSpanContext: { ...ids, spanId, isRemote: true } }),
    spanContext: () => spanContext,
  };
}

/** Of a workflow's info, what can be an attribute. */
function attributesOf(info: WorkflowInfo): Record<string, AttributeValue> {
  const isPlain = (entry: [string, unknown]): entry is [string, AttributeValue] =>
    ['string', 'number', 'boolean'].includes(typeof entry[1]);
  return Object.fromEntries(Object.entries(info).filter(isPlain));
}
