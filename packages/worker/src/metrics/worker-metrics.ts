/** The metrics of a worker, under the names by which dashboards know them. */
import type {
  Measurement,
  MetricCounter,
  MetricGauge,
  MetricHistogram,
  MetricMeter,
  MetricTags,
} from '@reprise/common';
import type { Telemetry } from './telemetry.ts';

export class WorkerMetrics {
  readonly #meter: MetricMeter;
  readonly #usersMeter: MetricMeter;
  readonly #counters = new Map<string, MetricCounter>();
  readonly #histograms = new Map<string, MetricHistogram>();
  readonly #gauges = new Map<string, MetricGauge>();
  readonly #totals = new Map<string, number>();

  /** Whether failed calls are counted by their status. */
  readonly tellsStatus: boolean;

  constructor(
    { ownMeter, meter }: Pick<Telemetry, 'ownMeter' | 'meter'>,
    tags: MetricTags,
    connection: { readonly disableErrorCodeMetricTags?: boolean } = {},
  ) {
    this.tellsStatus = connection.disableErrorCodeMetricTags !== true;
    this.#meter = ownMeter.withTags(tags);
    this.#usersMeter = meter;
  }

  count(name: string, tags?: MetricTags): void {
    let counter = this.#counters.get(name);
    if (counter === undefined) this.#counters.set(name, (counter = this.#meter.createCounter(name)));
    counter.add(1, tags);
    this.#totals.set(name, this.total(name) + 1);
  }

  /** What has been counted under `name`, whatever its tags. */
  total(name: string): number {
    return this.#totals.get(name) ?? 0;
  }

  /** `ms` below zero, from clocks that differ, counts as zero. */
  time(name: string, ms: number, tags?: MetricTags): void {
    let histogram = this.#histograms.get(name);
    if (histogram === undefined)
      this.#histograms.set(name, (histogram = this.#meter.createHistogram(name, 'float', 'ms')));
    histogram.record(Math.max(0, ms), tags);
  }

  /** Records what workflow code measured, under the name that it has there. */
  measure({ kind, name, valueType, unit, description, value, tags }: Measurement): void {
    const meter = this.#usersMeter;
    if (kind === 'counter') meter.createCounter(name, unit, description).add(value, tags);
    else if (kind === 'up-down-counter') meter.createUpDownCounter(name, unit, description).add(value, tags);
    else if (kind === 'histogram') meter.createHistogram(name, valueType, unit, description).record(value, tags);
    else meter.createGauge(name, valueType, unit, description).set(value, tags);
  }

  gauge(name: string, value: number, tags?: MetricTags): void {
    let gauge = this.#gauges.get(name);
    if (gauge === undefined) this.#gauges.set(name, (gauge = this.#meter.createGauge(name)));
    gauge.set(value, tags);
  }
}
