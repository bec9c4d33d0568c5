/** Metrics in the text format of Prometheus. */
import type { MetricTags } from '@reprise/common';
import type { HistogramData, MetricFamily } from './metric-store.ts';

export interface PrometheusFormat {
  /** Counters end in `_total`. */
  readonly countersTotalSuffix: boolean;
  /** The names of histograms end in their unit. */
  readonly unitSuffix: boolean;
  /** What the SDK measures in ms is in seconds. */
  readonly useSecondsForDurations: boolean;
}

const types = { counter: 'counter', 'up-down-counter': 'gauge', gauge: 'gauge', histogram: 'histogram' } as const;

export function prometheusText(families: readonly MetricFamily[], format: PrometheusFormat): string {
  return families
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((family) => familyText(family, format))
    .join('');
}

function familyText(family: MetricFamily, format: PrometheusFormat): string {
  const name = fullName(family, format)
    .replaceAll(/[^a-zA-Z0-9_:]/g, '_')
    .replace(/^(?=\d)/, '_');
  const help = family.description?.replaceAll('\n', ' ') || name;
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${types[family.kind]}`];
  for (const { tags, value, histogram } of family.series.values()) {
    if (histogram === undefined) lines.push(`${name}${labels(tags)} ${value}`);
    else lines.push(...histogramLines(name, tags, histogram));
  }
  return `${lines.join('\n')}\n`;
}

function fullName({ name, kind, unit, isOwn }: MetricFamily, format: PrometheusFormat): string {
  if (kind === 'counter') return format.countersTotalSuffix ? `${name}_total` : name;
  if (kind !== 'histogram' || !format.unitSuffix || !unit) return name;
  const isDuration = isOwn && unit === 'ms';
  const suffix = isDuration ? (format.useSecondsForDurations ? 'seconds' : 'milliseconds') : unit;
  return `${name}_${suffix}`;
}

function histogramLines(name: string, tags: MetricTags, histogram: HistogramData): string[] {
  let below = 0;
  const buckets = histogram.bounds.map((bound, at) => {
    below += histogram.counts[at] ?? 0;
    return `${name}_bucket${labels({ ...tags, le: String(bound) })} ${below}`;
  });
  return [
    ...buckets,
    `${name}_bucket${labels({ ...tags, le: '+Inf' })} ${histogram.count}`,
    `${name}_sum${labels(tags)} ${histogram.sum}`,
    `${name}_count${labels(tags)} ${histogram.count}`,
  ];
}

function labels(tags: MetricTags): string {
  const pairs = Object.entries(tags).map(
    ([key, value]) => `${key.replaceAll(/[^a-zA-Z0-9_]/g, '_')}="${escape(String(value))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
