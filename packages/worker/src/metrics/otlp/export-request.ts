/** What a collector of OpenTelemetry is told of metrics. */
import type { MetricTags } from '@reprise/common';
import type {
  OtlpAttribute,
  OtlpHistogramPoint,
  OtlpMetric,
  OtlpMetricsRequest,
  OtlpNumberPoint,
} from '@reprise/proto/otlp';
import type { HistogramData, MetricFamily, Series } from '../metric-store.ts';

export type Temporality = 'cumulative' | 'delta';

export interface ExportFormat {
  readonly temporality: Temporality;
  /** What the SDK measures in ms is in seconds. */
  readonly useSecondsForDurations: boolean;
  /** Of the process that measures. */
  readonly resource: MetricTags;
}

/** The span of time that the values stand for. */
export interface ExportSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Around {
  readonly format: ExportFormat;
  readonly span: ExportSpan;
}

const AGGREGATION = { delta: 1, cumulative: 2 } as const;
const SCOPE = 'temporal-core-sdk';

export function exportRequest(
  families: readonly MetricFamily[],
  format: ExportFormat,
  span: ExportSpan,
): OtlpMetricsRequest {
  const metrics = families.filter(({ series }) => series.size > 0).map((family) => metricOf(family, { format, span }));
  const resource = { attributes: attributesOf(format.resource) };
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: SCOPE }, metrics }] }] };
}

function metricOf(family: MetricFamily, { format, span }: Around): OtlpMetric {
  const { name, kind, description = '', unit = '', isFloat, isOwn } = family;
  const inSeconds = isOwn && unit === 'ms' && format.useSecondsForDurations;
  const about = { name, description, unit: inSeconds ? 's' : unit };
  const aggregationTemporality = AGGREGATION[format.temporality];
  const all = [...family.series.values()];
  if (kind === 'histogram') {
    const dataPoints = all.flatMap(({ tags, histogram }) =>
      histogram === undefined ? [] : [histogramPoint(tags, histogram, span)],
    );
    return { ...about, histogram: { dataPoints, aggregationTemporality } };
  }
  const dataPoints = all.map((series) => numberPoint(series, { span, isFloat }));
  if (kind === 'gauge') return { ...about, gauge: { dataPoints } };
  return { ...about, sum: { dataPoints, aggregationTemporality, isMonotonic: kind === 'counter' } };
}

function numberPoint(
  { tags, value }: Series,
  { span, isFloat }: { span: ExportSpan; isFloat: boolean },
): OtlpNumberPoint {
  const number = isFloat || !Number.isSafeInteger(value) ? { asDouble: value } : { asInt: BigInt(value) };
  return { ...timesOf(span), ...number, attributes: attributesOf(tags) };
}

function histogramPoint(tags: MetricTags, histogram: HistogramData, span: ExportSpan): OtlpHistogramPoint {
  return {
    ...timesOf(span),
    count: BigInt(histogram.count),
    sum: histogram.sum,
    bucketCounts: histogram.counts.map(BigInt),
    explicitBounds: [...histogram.bounds],
    attributes: attributesOf(tags),
  };
}

const timesOf = ({ fromMs, toMs }: ExportSpan): Pick<OtlpNumberPoint, 'startTimeUnixNano' | 'timeUnixNano'> => ({
  startTimeUnixNano: nanoseconds(fromMs),
  timeUnixNano: nanoseconds(toMs),
});

const nanoseconds = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n;

const attributesOf = (tags: MetricTags): OtlpAttribute[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value: valueOf(value) }));

function valueOf(value: MetricTags[string]): OtlpAttribute['value'] {
  if (typeof value === 'string') return { stringValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { doubleValue: value };
}
