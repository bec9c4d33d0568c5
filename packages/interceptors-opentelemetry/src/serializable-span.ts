/** Spans of workflow code on their way out of the sandbox, as plain data. */
import type { Attributes, HrTime, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';

/** A span's context with its trace state as text. */
export type SerializableSpanContext = Omit<SpanContext, 'traceState'> & { traceState?: string };

/** Something that happened within a span. */
export interface SerializableEvent {
  readonly name: string;
  readonly time: HrTime;
  readonly attributes?: Attributes;
}

/** Another span that a span points at. */
export interface SerializableLink {
  readonly context: SpanContext;
  readonly attributes?: Attributes;
}

/** A span that has ended. */
export interface SerializableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: SerializableSpanContext;
  readonly parentSpanId?: string;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: SerializableLink[];
  readonly events: SerializableEvent[];
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly droppedAttributesCount: number;
  readonly droppedLinksCount: number;
  readonly droppedEventsCount: number;
  readonly instrumentationLibrary: { readonly name: string; readonly version?: string };
}

/** The sink that workflow code hands its spans to. */
export type OpenTelemetryWorkflowExporter = {
  export(spans: SerializableSpan[]): void;
};

/** What a worker must inject for workflow spans to be exported. */
export type OpenTelemetrySinks = {
  exporter: OpenTelemetryWorkflowExporter;
};
