/**
 * Owns what was measured so far, by metric and labels, for whoever comes to read it.
 *
 * I1. The labels of a series are sorted: its own, then those of all series.
 */
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
  /** Measured by the SDK itself. */
  readonly isOwn: boolean;
  readonly series: ReadonlyMap<string, Series>;
}

interface MutableFamily extends MetricFamily {
  readonly series: Map<string, Series>;
  /** The same series by their labels in the order in which they were given, so that sorting happens once for each. */
  readonly asGiven: Map<string, Series>;
}

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
  /** On the series of the SDK's own metrics. */
  readonly ownTags: MetricTags;
  /** The SDK's own durations in seconds in place of ms. */
  readonly useSeconds: boolean;
  /** Bounds by metric name, with or without the prefix, as they are to be written. */
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

  /** @param whose the SDK's own metrics have a prefix and tags that those of users have not */
  record(measurement: Measurement, whose: 'own' | 'user'): void {
    const isOwn = whose === 'own';
    const family = this.#familyOf(measurement, isOwn);
    const series = this.#seriesOf(family, measurement);
    const inSeconds = isOwn && measurement.unit === 'ms' && this.#options.useSeconds;
    const value = inSeconds ? measurement.value / 1000 : measurement.value;
    if (series.histogram !== undefined) observe(series.histogram, value);
    else if (measurement.kind === 'gauge') series.value = value;
    else series.value += value;
  }

  #seriesOf(family: MutableFamily, { tags: given, kind, name }: Measurement): Series {
    const givenKey = JSON.stringify(given);
    const known = family.asGiven.get(givenKey);
    if (known !== undefined) return known;
    const { globalTags, ownTags } = this.#options;
    const own = sorted({ ...(family.isOwn ? ownTags : {}), ...given });
    const tags = { ...own, ...sorted(globalTags), ...own };
    const key = JSON.stringify(tags);
    let series = family.series.get(key);
    if (series === undefined) {
      series = { tags, value: 0, histogram: kind === 'histogram' ? this.#emptyHistogram(name) : undefined };
      family.series.set(key, series);
    }
    family.asGiven.set(givenKey, series);
    return series;
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
        isOwn,
        series: new Map(),
        asGiven: new Map(),
      };
      this.#families.set(full, family);
    }
    return family;
  }

  #emptyHistogram(name: string): HistogramData {
    const { bucketOverrides, prefix, useSeconds } = this.#options;
    const inMs = boundsByName[name] ?? DEFAULT_BOUNDS;
    const bounds =
      bucketOverrides[name] ?? bucketOverrides[prefix + name] ?? (useSeconds ? inMs.map((ms) => ms / 1000) : inMs);
    return { bounds, counts: new Array<number>(bounds.length + 1).fill(0), sum: 0, count: 0 };
  }
}

function sorted(tags: MetricTags): MetricTags {
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function observe(histogram: HistogramData, value: number): void {
  let at = histogram.bounds.findIndex((bound) => value <= bound);
  if (at < 0) at = histogram.bounds.length;
  histogram.counts[at] = (histogram.counts[at] ?? 0) + 1;
  histogram.sum += value;
  histogram.count++;
}
