/** Owns what was measured so far, by metric and labels, for whoever comes to read it. */
import { descriptionOf } from './descriptions.ts';
import type { Measurement, MetricKind, MetricTags } from '@reprise/common';

export interface HistogramData {
  /** Upper bounds, ascending. */
  readonly bounds: readonly number[];
  /** One more than bounds: the last counts what is above all of them. */
  readonly counts: number[];
  sum: number;
  count: number;
}

export interface Series {
  readonly tags: MetricTags;
  value: number;
  readonly histogram: HistogramData | undefined;
}

export interface MetricFamily {
  readonly name: string;
  readonly kind: MetricKind;
  readonly isFloat: boolean;
  readonly unit: string | undefined;
  readonly description: string | undefined;
  readonly series: ReadonlyMap<string, Series>;
}

type MutableFamily = MetricFamily & { readonly series: Map<string, Series> };

const DEFAULT_BOUNDS: readonly number[] = [50, 100, 500, 1000, 2500, 10_000];

/** Bounds by metric name, in ms, where the default does not fit. */
const boundsByName: Readonly<Record<string, readonly number[]>> = {
  workflow_endtoend_latency: [
    100, 500, 1000, 1500, 2000, 5000, 1e4, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5, 306e5, 8.64e7,
  ],
  workflow_task_execution_latency: [1, 10, 20, 50, 100, 200, 500, 1000],
  workflow_task_replay_latency: [1, 10, 20, 50, 100, 200, 500, 1000],
  activity_execution_latency: [50, 100, 500, 1e3, 5e3, 1e4, 6e4],
  local_activity_execution_latency: [50, 100, 500, 1e3, 5e3, 1e4, 6e4],
  workflow_task_schedule_to_start_latency: [100, 500, 1e3, 5e3, 1e4, 1e5, 1e6],
  activity_schedule_to_start_latency: [100, 500, 1e3, 5e3, 1e4, 1e5, 1e6],
};

export interface MetricStoreOptions {
  readonly prefix: string;
  /** On every series. */
  readonly globalTags: MetricTags;
  /** On every series of the SDK's own metrics. */
  readonly ownTags?: MetricTags;
  /** Bounds by metric name, with or without the prefix. */
  readonly bucketOverrides: Readonly<Record<string, readonly number[]>>;
}

export class MetricStore {
  readonly #options: MetricStoreOptions;
  readonly #families = new Map<string, MutableFamily>();
  readonly #readers: (() => void)[] = [];

  constructor(options: MetricStoreOptions) {
    this.#options = options;
  }

  /** Called before metrics are read, to measure what is measured by looking. */
  beforeRead(measure: () => void): () => void {
    this.#readers.push(measure);
    return () => {
      const at = this.#readers.indexOf(measure);
      if (at >= 0) this.#readers.splice(at, 1);
    };
  }

  families(): readonly MetricFamily[] {
    for (const measure of this.#readers) measure();
    return [...this.#families.values()];
  }

  record(measurement: Measurement, isOwn: boolean): void {
    const family = this.#familyOf(measurement, isOwn);
    const tags = { ...this.#options.globalTags, ...(isOwn ? this.#options.ownTags : {}), ...measurement.tags };
    const key = JSON.stringify(tags);
    let series = family.series.get(key);
    if (series === undefined) {
      const histogram = measurement.kind === 'histogram' ? this.#emptyHistogram(measurement.name) : undefined;
      series = { tags, value: 0, histogram };
      family.series.set(key, series);
    }
    if (series.histogram !== undefined) observe(series.histogram, measurement.value);
    else if (measurement.kind === 'gauge') series.value = measurement.value;
    else series.value += measurement.value;
  }

  #familyOf({ name, kind, valueType, unit, description }: Measurement, isOwn: boolean): MutableFamily {
    const full = isOwn ? this.#options.prefix + name : name;
    let family = this.#families.get(full);
    if (family === undefined) {
      family = {
        name: full,
        kind,
        isFloat: valueType === 'float',
        unit,
        description: description ?? (isOwn ? descriptionOf(name) : undefined),
        series: new Map(),
      };
      this.#families.set(full, family);
    }
    return family;
  }

  #emptyHistogram(name: string): HistogramData {
    const { bucketOverrides, prefix } = this.#options;
    const bounds = bucketOverrides[name] ?? bucketOverrides[prefix + name] ?? boundsByName[name] ?? DEFAULT_BOUNDS;
    return { bounds, counts: new Array<number>(bounds.length + 1).fill(0), sum: 0, count: 0 };
  }
}

function observe(histogram: HistogramData, value: number): void {
  let at = histogram.bounds.findIndex((bound) => value <= bound);
  if (at < 0) at = histogram.bounds.length;
  histogram.counts[at] = (histogram.counts[at] ?? 0) + 1;
  histogram.sum += value;
  histogram.count++;
}
