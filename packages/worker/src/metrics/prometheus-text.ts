/** Metrics in the text format of Prometheus. */
import type { MetricTags } from '@reprise/common';
import type { HistogramData, MetricFamily } from './metric-store.ts';

export interface PrometheusFormat {
  /** Counters end in `_total`. */
  readonly countersTotalSuffix: boolean;
  /** Names end in their unit. */
  readonly unitSuffix: boolean;
  readonly useSecondsForDurations: boolean;
}

const types = { counter: 'counter', 'up-down-counter': 'gauge', gauge: 'gauge', histogram: 'histogram' } as const;

export function prometheusText(families: readonly MetricFamily[], format: PrometheusFormat): string {
  return families.map((family) => familyText(family, format)).join('');
}

function familyText(family: MetricFamily, format: PrometheusFormat): string {
  const isDuration = family.unit === 'ms';
  const inSeconds = isDuration && format.useSecondsForDurations;
  const unit = isDuration ? (inSeconds ? 'seconds' : 'milliseconds') : family.unit;
  const named = format.unitSuffix && unit ? `${family.name}_${unit}` : family.name;
  const suffixed = format.countersTotalSuffix && family.kind === 'counter' ? `${named}_total` : named;
  const name = suffixed.replaceAll(/[^a-zA-Z0-9_:]/g, '_');
  const lines = [`# TYPE ${name} ${types[family.kind]}`];
  if (family.description) lines.unshift(`# HELP ${name} ${family.description.replaceAll('\n', ' ')}`);
  for (const { tags, value, histogram } of family.series.values()) {
    if (histogram === undefined) lines.push(`${name}${labels(tags)} ${value}`);
    else lines.push(...histogramLines(name, tags, { histogram, scale: inSeconds ? 0.001 : 1 }));
  }
  return `${lines.join('\n')}\n`;
}

function histogramLines(
  name: string,
  tags: MetricTags,
  { histogram, scale }: { histogram: HistogramData; scale: number },
): string[] {
  let below = 0;
  const buckets = histogram.bounds.map((bound, at) => {
    below += histogram.counts[at] ?? 0;
    return `${name}_bucket${labels(tags, String(bound * scale))} ${below}`;
  });
  return [
    ...buckets,
    `${name}_bucket${labels(tags, '+Inf')} ${histogram.count}`,
    `${name}_sum${labels(tags)} ${histogram.sum * scale}`,
    `${name}_count${labels(tags)} ${histogram.count}`,
  ];
}

/** Sorted by name; the bound of a bucket comes last. */
function labels(tags: MetricTags, bound?: string): string {
  const sorted = Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1));
  const pairs = [...sorted, ...(bound === undefined ? [] : [['le', bound] as const])].map(
    ([key, value]) => `${key.replaceAll(/[^a-zA-Z0-9_]/g, '_')}="${escape(String(value))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
