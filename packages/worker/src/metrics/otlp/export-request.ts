/** What a collector of OpenTelemetry is sent: `ExportMetricsServiceRequest` of OTLP 1. */
import type { MetricTags } from '@reprise/common';
import type { MetricFamily, Series } from '../metric-store.ts';
import { MessageWriter } from './message-writer.ts';

export type Temporality = 'cumulative' | 'delta';

export interface ExportFormat {
  readonly temporality: Temporality;
  readonly useSecondsForDurations: boolean;
  /** Of the process that measures. */
  readonly resource: MetricTags;
}

/** The span of time that the values stand for. */
export interface ExportSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const AGGREGATION = { delta: 1, cumulative: 2 } as const;
const SCOPE = 'temporal-core-sdk';

export function exportRequest(families: readonly MetricFamily[], format: ExportFormat, span: ExportSpan): Buffer {
  const writer = new MessageWriter();
  writer.message(1, (resourceMetrics) => {
    resourceMetrics.message(1, (resource) => writeTags(resource, 1, format.resource));
    resourceMetrics.message(2, (scopeMetrics) => {
      scopeMetrics.message(1, (scope) => void scope.text(1, SCOPE));
      for (const family of families) {
        if (family.series.size > 0) scopeMetrics.message(2, (metric) => writeMetric(metric, family, { format, span }));
      }
    });
  });
  return writer.finish();
}

interface Around {
  readonly format: ExportFormat;
  readonly span: ExportSpan;
}

function writeMetric(metric: MessageWriter, family: MetricFamily, around: Around): void {
  const { name, kind, description = '', unit = '' } = family;
  const isScaled = unit === 'ms' && around.format.useSecondsForDurations;
  const aggregation = AGGREGATION[around.format.temporality];
  metric
    .text(1, name)
    .text(2, description)
    .text(3, isScaled ? 's' : unit);
  const { isFloat } = family;
  const all = [...family.series.values()];
  if (kind === 'histogram') {
    metric.message(9, (histogram) => {
      for (const series of all) histogram.message(1, (point) => writeHistogram(point, series, { ...around, isScaled }));
      histogram.uint(2, aggregation);
    });
  } else if (kind === 'gauge') {
    metric.message(5, (gauge) => {
      for (const series of all) gauge.message(1, (point) => writeNumber(point, series, { ...around, isFloat }));
    });
  } else {
    metric.message(7, (sum) => {
      for (const series of all) sum.message(1, (point) => writeNumber(point, series, { ...around, isFloat }));
      sum.uint(2, aggregation).uint(3, kind === 'counter' ? 1 : 0);
    });
  }
}

function writeNumber(
  point: MessageWriter,
  { tags, value }: Series,
  { span, isFloat }: Around & { isFloat: boolean },
): void {
  writeSpan(point, span);
  if (isFloat || !Number.isSafeInteger(value)) point.double(4, value);
  else point.sfixed64(6, value);
  writeTags(point, 7, tags);
}

function writeHistogram(
  point: MessageWriter,
  { tags, histogram }: Series,
  { span, isScaled }: Around & { isScaled: boolean },
): void {
  if (histogram === undefined) return;
  const scale = isScaled ? 0.001 : 1;
  writeSpan(point, span);
  point.fixed64(4, BigInt(histogram.count)).double(5, histogram.sum * scale);
  point.bytes(
    6,
    packed(histogram.counts, (bytes, value, at) => bytes.writeBigUInt64LE(BigInt(value), at)),
  );
  point.bytes(
    7,
    packed(histogram.bounds, (bytes, value, at) => bytes.writeDoubleLE(value * scale, at)),
  );
  writeTags(point, 9, tags);
}

function writeSpan(point: MessageWriter, { fromMs, toMs }: ExportSpan): void {
  point.fixed64(2, nanoseconds(fromMs)).fixed64(3, nanoseconds(toMs));
}

const nanoseconds = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n;

function packed(values: readonly number[], write: (bytes: Buffer, value: number, at: number) => void): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => write(bytes, value, index * 8));
  return bytes;
}

function writeTags(writer: MessageWriter, field: number, tags: MetricTags): void {
  for (const [key, value] of Object.entries(tags)) {
    writer.message(field, (pair) => void pair.text(1, key).message(2, (any) => writeValue(any, value)));
  }
}

function writeValue(any: MessageWriter, value: string | number | boolean): void {
  if (typeof value === 'string') any.text(1, value);
  else if (typeof value === 'boolean') any.uint(2, value ? 1 : 0);
  else any.double(4, value);
}
