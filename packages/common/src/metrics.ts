/** What a metric measures with. */
export type NumericMetricValueType = 'int' | 'float';
export type MetricKind = 'counter' | 'histogram' | 'gauge' | 'up-down-counter';
/** Labels of a measurement. */
export type MetricTags = Record<string, string | number | boolean>;
/** Labels, or a function that makes them when something is measured. */
export type MetricTagsOrFunc = MetricTags | (() => MetricTags);

export interface Metric {
  readonly name: string;
  readonly kind: MetricKind;
  readonly valueType: NumericMetricValueType;
  readonly unit?: string | undefined;
  readonly description?: string | undefined;
}

/** A number that only grows. */
export interface MetricCounter extends Metric {
  readonly kind: 'counter';
  /** `value` must not be negative. */
  add(value: number, extraTags?: MetricTags): void;
  withTags(tags: MetricTags): MetricCounter;
}

/** A number that grows and shrinks. */
export interface MetricUpDownCounter extends Metric {
  readonly kind: 'up-down-counter';
  add(value: number, extraTags?: MetricTags): void;
  withTags(tags: MetricTags): MetricUpDownCounter;
}

/** A distribution of values. */
export interface MetricHistogram extends Metric {
  readonly kind: 'histogram';
  record(value: number, extraTags?: MetricTags): void;
  withTags(tags: MetricTags): MetricHistogram;
}

/** A number as it is now. */
export interface MetricGauge extends Metric {
  readonly kind: 'gauge';
  set(value: number, extraTags?: MetricTags): void;
  withTags(tags: MetricTags): MetricGauge;
}

/** Makes metrics. */
export interface MetricMeter {
  createCounter(name: string, unit?: string, description?: string): MetricCounter;
  createUpDownCounter(name: string, unit?: string, description?: string): MetricUpDownCounter;
  /** Records integers unless `valueType` says otherwise. */
  createHistogram(
    name: string,
    valueType?: NumericMetricValueType,
    unit?: string,
    description?: string,
  ): MetricHistogram;
  createGauge(name: string, valueType?: NumericMetricValueType, unit?: string, description?: string): MetricGauge;
  withTags(tags: MetricTags): MetricMeter;
}

/** One measurement, as meters hand it on. */
export interface Measurement {
  readonly name: string;
  readonly kind: MetricKind;
  readonly valueType: NumericMetricValueType;
  readonly unit: string | undefined;
  readonly description: string | undefined;
  readonly value: number;
  readonly tags: MetricTags;
}

const classNames = {
  counter: 'MetricCounter',
  'up-down-counter': 'MetricUpDownCounter',
  histogram: 'MetricHistogram',
  gauge: 'MetricGauge',
} as const;

type Record1 = (measurement: Measurement) => void;

interface AnyMetric extends Metric {
  add(value: number, extraTags?: MetricTags): void;
  record(value: number, extraTags?: MetricTags): void;
  set(value: number, extraTags?: MetricTags): void;
  withTags(tags: MetricTags): AnyMetric;
}

/** Without `record`, nothing is made of what is measured. */
function makeMetric(metric: Metric, parts: readonly MetricTagsOrFunc[], record: Record1 | undefined): AnyMetric {
  const measure = (value: number, extraTags?: MetricTags): void => {
    if (value < 0 && metric.kind !== 'up-down-counter') {
      throw new RangeError(`${classNames[metric.kind]} value must be non-negative (got ${value}): ${metric.name}`);
    }
    if (record === undefined) return;
    const { unit, description } = metric;
    record({
      ...metric,
      unit,
      description,
      value,
      tags: resolveTags(extraTags === undefined ? parts : [...parts, extraTags]),
    });
  };
  return {
    ...metric,
    add: measure,
    record: measure,
    set: measure,
    withTags: (tags) => makeMetric(metric, [...parts, tags], record),
  };
}

function resolveTags(parts: readonly MetricTagsOrFunc[]): MetricTags {
  return Object.assign({}, ...parts.map((part) => (typeof part === 'function' ? part() : part))) as MetricTags;
}

/** A meter that hands every measurement to a function, if there is one, with `parts` as its labels. */
export function meterTo(record: Record1 | undefined, parts: readonly MetricTagsOrFunc[] = []): MetricMeter {
  const make = (
    kind: MetricKind,
    name: string,
    valueType: NumericMetricValueType,
    described: [string | undefined, string | undefined],
  ) => makeMetric({ name, kind, valueType, unit: described[0], description: described[1] }, parts, record);
  return {
    createCounter: (name, unit, description) =>
      make('counter', name, 'int', [unit, description]) as unknown as MetricCounter,
    createUpDownCounter: (name, unit, description) =>
      make('up-down-counter', name, 'int', [unit, description]) as unknown as MetricUpDownCounter,
    createHistogram: (name, valueType = 'int', unit, description) =>
      make('histogram', name, valueType, [unit, description]) as unknown as MetricHistogram,
    createGauge: (name, valueType = 'int', unit, description) =>
      make('gauge', name, valueType, [unit, description]) as unknown as MetricGauge,
    withTags: (tags) => meterTo(record, [...parts, tags]),
  };
}

/** Measures nothing. */
export const noopMetricMeter: MetricMeter = meterTo(undefined);

/** A meter that adds labels to what another measures. */
export class MetricMeterWithComposedTags implements MetricMeter {
  readonly #parent: MetricMeter;
  readonly #parts: readonly MetricTagsOrFunc[];

  constructor(parent: MetricMeter, parts: readonly MetricTagsOrFunc[]) {
    this.#parent = parent;
    this.#parts = parts;
  }

  /** A meter that adds `parts` to what `meter` measures. */
  static compose(meter: MetricMeter, ...parts: MetricTagsOrFunc[]): MetricMeter {
    return parts.length === 0 ? meter : new MetricMeterWithComposedTags(meter, parts);
  }

  createCounter(name: string, unit?: string, description?: string): MetricCounter {
    const inner = this.#parent.createCounter(name, unit, description);
    return this.#composed(inner, (value, tags) => inner.add(value, tags)) as unknown as MetricCounter;
  }
  createUpDownCounter(name: string, unit?: string, description?: string): MetricUpDownCounter {
    const inner = this.#parent.createUpDownCounter(name, unit, description);
    return this.#composed(inner, (value, tags) => inner.add(value, tags)) as unknown as MetricUpDownCounter;
  }
  createHistogram(
    name: string,
    valueType?: NumericMetricValueType,
    unit?: string,
    description?: string,
  ): MetricHistogram {
    const inner = this.#parent.createHistogram(name, valueType, unit, description);
    return this.#composed(inner, (value, tags) => inner.record(value, tags)) as unknown as MetricHistogram;
  }
  createGauge(name: string, valueType?: NumericMetricValueType, unit?: string, description?: string): MetricGauge {
    const inner = this.#parent.createGauge(name, valueType, unit, description);
    return this.#composed(inner, (value, tags) => inner.set(value, tags)) as unknown as MetricGauge;
  }
  withTags(tags: MetricTags): MetricMeter {
    return new MetricMeterWithComposedTags(this.#parent, [...this.#parts, tags]);
  }

  #composed(inner: Metric, measure: (value: number, tags: MetricTags) => void): AnyMetric {
    const { name, kind, valueType, unit, description } = inner;
    return makeMetric({ name, kind, valueType, unit, description }, this.#parts, ({ value, tags }) =>
      measure(value, tags),
    );
  }
}
