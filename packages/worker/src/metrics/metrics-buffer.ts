/** Keeps measurements until they are fetched, for programs that hand them on themselves. */
import type { Measurement, Metric, MetricTags } from '@reprise/common';

export interface MetricsBufferOptions {
  /** Measurements that are kept; older ones are dropped. Default 10,000. */
  maxBufferSize?: number;
  /** Durations in seconds in place of ms. Default false. */
  useSecondsForDurations?: boolean;
}

export interface BufferedMetricUpdate {
  /** One object for all updates of a metric. */
  readonly metric: Metric;
  readonly value: number;
  readonly attributes: MetricTags;
}

/**
 * A buffer of measurements.
 *
 * @example
 * ```ts
 * const buffer = new MetricsBuffer();
 * Runtime.install({ telemetryOptions: { metrics: { buffer } } });
 * setInterval(() => { for (const update of buffer.retrieveUpdates()) send(update); }, 1000);
 * ```
 */
export class MetricsBuffer {
  readonly maxBufferSize: number;
  readonly useSecondsForDurations: boolean;
  #updates: BufferedMetricUpdate[] = [];
  readonly #metrics = new Map<string, Metric>();
  readonly #measures = new Set<() => void>();

  constructor(options: MetricsBufferOptions = {}) {
    this.maxBufferSize = options.maxBufferSize ?? 10_000;
    this.useSecondsForDurations = options.useSecondsForDurations ?? false;
  }

  /** What was measured since the last call. */
  retrieveUpdates(): ReturnType<BufferedMetricUpdate[]['values']> {
    for (const measure of this.#measures) measure();
    const updates = this.#updates;
    this.#updates = [];
    return updates.values();
  }

  /** Called by the runtime: `measure` records what is measured by looking. Returns how to stop that. */
  beforeRetrieve(measure: () => void): () => void {
    this.#measures.add(measure);
    return () => this.#measures.delete(measure);
  }

  /** Called by the runtime. */
  record({ value, tags, ...measured }: Measurement): void {
    if (this.#updates.length >= this.maxBufferSize) this.#updates.shift();
    const key = `${measured.kind} ${measured.name}`;
    const metric = this.#metrics.get(key) ?? measured;
    this.#metrics.set(key, metric);
    const scaled = metric.unit === 'ms' && this.useSecondsForDurations ? value / 1000 : value;
    this.#updates.push({ metric, value: scaled, attributes: tags });
  }
}
