/** Sends metrics to a collector of OpenTelemetry, again and again. */
import {
  checkOptions,
  msToNumber,
  type Duration,
  type Logger,
  type MetricTags,
  type OptionKind,
} from '@reprise/common';
import { encodeOtlpMetrics } from '@reprise/proto/otlp';
import { SDK_NAME, SDK_VERSION } from '../../sdk-version.ts';
import type { MetricFamily, MetricStore } from '../metric-store.ts';
import { collectorAt, type Collector } from './collector.ts';
import { exportRequest, type ExportFormat, type ExportSpan, type Temporality } from './export-request.ts';
import { SinceLast } from './since-last.ts';

export interface OtelCollectorExporter {
  otel: {
    /**
     * `grpc://host:4317` or `http://host:4317` for OTLP over gRPC, `http://host:4318/v1/metrics` with `http: true`;
     * `grpcs://` and `https://` with TLS. The variable OTEL_EXPORTER_OTLP_ENDPOINT goes before it.
     */
    url: string;
    /** OTLP over HTTP. Default false: over gRPC. */
    http?: boolean;
    /** Sent with every request, such as for authentication. */
    headers?: Record<string, string>;
    /** Default 1 s. */
    metricsExportInterval?: Duration;
    /** What workers measure in ms is in seconds. Default false. */
    useSecondsForDurations?: boolean;
    /** Whether counters and histograms tell all since the start, or what came since the last time. Default 'cumulative'. */
    temporality?: Temporality;
    /** Upper bounds by metric name, in seconds where durations are. */
    histogramBucketOverrides?: Record<string, number[]>;
  };
}

export interface OtlpExporterOptions {
  readonly store: MetricStore;
  readonly globalTags: MetricTags;
  readonly logger: () => Logger;
}

const sdk: MetricTags = {
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': SDK_NAME,
  'telemetry.sdk.version': SDK_VERSION,
};
const NAME = 'telemetryOptions.metrics.otel';
const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const kinds = {
  url: 'string',
  http: 'boolean',
  headers: 'object',
  metricsExportInterval: 'duration',
  useSecondsForDurations: 'boolean',
  temporality: 'string',
  histogramBucketOverrides: 'object',
} as const satisfies Record<keyof OtelCollectorExporter['otel'], OptionKind>;

export class OtlpExporter {
  readonly #options: OtlpExporterOptions;
  readonly #collector: Collector;
  readonly #format: ExportFormat;
  readonly #sinceLast = new SinceLast();
  readonly #timer: NodeJS.Timeout;
  readonly #url: string;
  #fromMs = Date.now();
  #isSending = false;
  #hasFailed = false;

  /** @throws TypeError for options that are wrong */
  constructor(otel: OtelCollectorExporter['otel'], options: OtlpExporterOptions) {
    const intervalMs = checkOtel(otel);
    this.#options = options;
    const ofEnvironment = process.env[ENDPOINT];
    this.#url = ofEnvironment ?? otel.url;
    this.#collector = collectorAt({
      url: this.#url,
      from: ofEnvironment === undefined ? `${NAME}.url` : `the environment variable ${ENDPOINT}`,
      http: otel.http ?? false,
      headers: otel.headers ?? {},
    });
    this.#format = {
      temporality: otel.temporality ?? 'cumulative',
      useSecondsForDurations: otel.useSecondsForDurations ?? false,
      resource: { ...sdk, 'service.name': 'temporal-core-sdk', ...options.globalTags },
    };
    this.#timer = setInterval(() => void this.#export(), intervalMs);
    this.#timer.unref();
  }

  /** Sends what there is once more. */
  close(): void {
    clearInterval(this.#timer);
    void this.#export().finally(() => this.#collector.close());
  }

  async #export(): Promise<void> {
    // A collector that is slower than the interval gets the sum of what it has missed.
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      await this.#send();
      this.#hasFailed = false;
    } catch (error) {
      // Once, until it has worked again: a collector that is away is no reason to fill the log.
      if (!this.#hasFailed) {
        const message = error instanceof Error ? error.message || error.name : String(error);
        this.#options.logger().warn(`Metrics could not be sent to ${this.#url}: ${message}`);
      }
      this.#hasFailed = true;
    } finally {
      this.#isSending = false;
    }
  }

  #tell(families: readonly MetricFamily[], span: ExportSpan): Promise<void> {
    return this.#collector.send(encodeOtlpMetrics(exportRequest(families, this.#format, span)));
  }

  async #send(): Promise<void> {
    const span = { fromMs: this.#fromMs, toMs: Date.now() };
    const all = this.#options.store.families();
    if (this.#format.temporality === 'cumulative') return this.#tell(all, span);
    const { families, taken } = this.#sinceLast.growth(all);
    await this.#tell(families, span);
    taken();
    this.#fromMs = span.toMs;
  }
}

/** Returns the interval in ms. */
function checkOtel(otel: OtelCollectorExporter['otel']): number {
  for (const key of Object.keys(otel)) {
    if (!(key in kinds)) throw new TypeError(`${NAME}.${key} is not an option`);
  }
  checkOptions(NAME, otel, kinds);
  if (otel.temporality !== undefined && otel.temporality !== 'cumulative' && otel.temporality !== 'delta')
    throw new TypeError(`${NAME}.temporality must be 'cumulative' or 'delta', found '${String(otel.temporality)}'`);
  const intervalMs = msToNumber(otel.metricsExportInterval ?? 1000);
  if (intervalMs <= 0) throw new TypeError(`${NAME}.metricsExportInterval must be longer than nothing`);
  return intervalMs;
}
