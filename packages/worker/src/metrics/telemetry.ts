/** Where metrics go, from the options of the runtime. */
import {
  meterTo,
  noopMetricMeter,
  type Logger,
  type Measurement,
  type MetricMeter,
  type MetricTags,
} from '@reprise/common';
import { checkLogging, type LogExporterConfig } from './logging-options.ts';
import { MetricStore } from './metric-store.ts';
import type { MetricsBuffer } from './metrics-buffer.ts';
import type { Temporality } from './otlp/export-request.ts';
import { OtlpExporter, type OtelCollectorExporter } from './otlp/otlp-exporter.ts';
import { servePrometheus } from './prometheus-endpoint.ts';

export interface PrometheusMetricsExporter {
  prometheus: {
    /** Such as `127.0.0.1:9464`. */
    bindAddress: string;
    /** Counters end in `_total`. Default false. */
    countersTotalSuffix?: boolean;
    /** The names of histograms end in their unit. Default false. */
    unitSuffix?: boolean;
    /** What workers measure in ms is in seconds. Default false. */
    useSecondsForDurations?: boolean;
    /** Upper bounds by metric name, in seconds where durations are. */
    histogramBucketOverrides?: Record<string, number[]>;
  };
}

export type MetricsExporterConfig = {
  /** Before the names of the SDK's own metrics. Default `temporal_`. */
  metricPrefix?: string;
  /** On every series. */
  globalTags?: Record<string, string>;
  /** Adds `service_name` to the SDK's own metrics. Default true. */
  attachServiceName?: boolean;
  /** The older place of `otel.temporality`. */
  temporality?: Temporality;
} & (PrometheusMetricsExporter | OtelCollectorExporter | { buffer: MetricsBuffer });

export interface TelemetryOptions {
  metrics?: MetricsExporterConfig;
  logging?: LogExporterConfig;
  /** The SDK's own metrics have no prefix. Default false; in place of `metricPrefix`. */
  noTemporalPrefixForMetrics?: boolean;
}

const known: ReadonlySet<string> = new Set(['metrics', 'logging', 'noTemporalPrefixForMetrics']);

function checkOptions(options: TelemetryOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !known.has(name)) throw new TypeError(`telemetryOptions.${name} is not supported`);
  }
  checkLogging(options.logging);
}

export interface Telemetry {
  /** For what users measure: names as they are. */
  readonly meter: MetricMeter;
  /** For what the worker measures: names get the prefix. */
  readonly ownMeter: MetricMeter;
  /** Called before metrics are read; returns how to stop that. */
  beforeRead(measure: () => void): () => void;
  close(): void;
  /** Where measurements are kept until they are fetched. */
  readonly buffer?: MetricsBuffer;
}

/** `logger` is asked when there is something to say. */
export function startTelemetry(options: TelemetryOptions | undefined, logger: () => Logger): Telemetry {
  checkOptions(options ?? {});
  const metrics = options?.metrics;
  if (metrics === undefined) {
    return {
      meter: noopMetricMeter,
      ownMeter: noopMetricMeter,
      beforeRead: () => () => undefined,
      close: () => undefined,
    };
  }
  const prefix = options?.noTemporalPrefixForMetrics === true ? '' : (metrics.metricPrefix ?? 'temporal_');
  const ownTags: MetricTags = metrics.attachServiceName === false ? {} : { service_name: 'temporal-core-sdk' };
  const { globalTags = {} } = metrics;
  if ('buffer' in metrics) return bufferTelemetry(metrics.buffer, { prefix, globalTags, ownTags });
  if ('otel' in metrics)
    return otelTelemetry(
      { ...(metrics.temporality && { temporality: metrics.temporality }), ...metrics.otel },
      { prefix, globalTags, ownTags, logger },
    );
  if (!('prometheus' in metrics)) {
    throw new TypeError('telemetryOptions.metrics must be { prometheus }, { otel } or { buffer }');
  }
  const { bindAddress, histogramBucketOverrides = {}, ...format } = metrics.prometheus;
  const useSeconds = format.useSecondsForDurations ?? false;
  const names = { prefix, globalTags, ownTags };
  const store = new MetricStore({ ...names, useSeconds, bucketOverrides: histogramBucketOverrides });
  const server = servePrometheus(store, bindAddress, {
    countersTotalSuffix: format.countersTotalSuffix ?? false,
    unitSuffix: format.unitSuffix ?? false,
    useSecondsForDurations: useSeconds,
  });
  return storeTelemetry(store, () => void server.close());
}

function otelTelemetry(
  otel: OtelCollectorExporter['otel'],
  { prefix, globalTags, ownTags, logger }: Naming & { logger: () => Logger },
): Telemetry {
  // Tags of the process are told once, with the resource.
  const store = new MetricStore({
    prefix,
    globalTags: {},
    ownTags,
    useSeconds: otel.useSecondsForDurations ?? false,
    bucketOverrides: otel.histogramBucketOverrides ?? {},
  });
  const exporter = new OtlpExporter(otel, { store, globalTags, logger });
  return storeTelemetry(store, () => exporter.close());
}

const storeTelemetry = (store: MetricStore, close: () => void): Telemetry => ({
  meter: meterTo((measurement) => store.record(measurement, 'user')),
  ownMeter: meterTo((measurement) => store.record(measurement, 'own')),
  beforeRead: (measure) => store.beforeRead(measure),
  close,
});

interface Naming {
  readonly prefix: string;
  readonly globalTags: MetricTags;
  /** On the SDK's own metrics. */
  readonly ownTags: MetricTags;
}

function bufferTelemetry(buffer: MetricsBuffer, { prefix, globalTags, ownTags }: Naming): Telemetry {
  const record =
    (before: string, tags: MetricTags) =>
    (measurement: Measurement): void =>
      buffer.record({ ...measurement, name: before + measurement.name, tags: { ...tags, ...measurement.tags } });
  return {
    meter: meterTo(record('', globalTags)),
    ownMeter: meterTo(record(prefix, { ...ownTags, ...globalTags })),
    beforeRead: (measure) => buffer.beforeRetrieve(measure),
    close: () => undefined,
    buffer,
  };
}
