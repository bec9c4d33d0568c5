/** OTLP 1, as far as metrics need it: what a collector of OpenTelemetry is sent. */
import { BinaryWriter } from './binary/binary-writer.ts';
import { compileEncoder, type EncoderSlot } from './binary/compile-encoder.ts';
import { parseMessage } from './schema.ts';

export interface OtlpValue {
  stringValue?: string;
  boolValue?: boolean;
  doubleValue?: number;
}

export interface OtlpAttribute {
  key: string;
  value: OtlpValue;
}

export interface OtlpNumberPoint {
  startTimeUnixNano: bigint;
  timeUnixNano: bigint;
  asDouble?: number;
  asInt?: bigint;
  attributes: OtlpAttribute[];
}

export interface OtlpHistogramPoint {
  startTimeUnixNano: bigint;
  timeUnixNano: bigint;
  count: bigint;
  sum: number;
  /** One more than bounds. */
  bucketCounts: bigint[];
  explicitBounds: number[];
  attributes: OtlpAttribute[];
}

/** 1: since the last time; 2: since the start. */
export type OtlpTemporality = 1 | 2;

/** With one of `gauge`, `sum` and `histogram`. */
export interface OtlpMetric {
  name: string;
  description: string;
  unit: string;
  gauge?: { dataPoints: OtlpNumberPoint[] };
  sum?: { dataPoints: OtlpNumberPoint[]; aggregationTemporality: OtlpTemporality; isMonotonic: boolean };
  histogram?: { dataPoints: OtlpHistogramPoint[]; aggregationTemporality: OtlpTemporality };
}

export interface OtlpMetricsRequest {
  resourceMetrics: {
    resource: { attributes: OtlpAttribute[] };
    scopeMetrics: { scope: { name: string }; metrics: OtlpMetric[] }[];
  }[];
}

/** In the form of the generated tables, with names where those have numbers. */
const table: Readonly<Record<string, string>> = {
  Request: 'resourceMetrics 1 *.ResourceMetrics',
  ResourceMetrics: 'resource 1 ?.Resource;scopeMetrics 2 *.ScopeMetrics',
  Resource: 'attributes 1 *.Attribute',
  ScopeMetrics: 'scope 1 ?.Scope;metrics 2 *.Metric',
  Scope: 'name 1 string',
  Metric: 'name 1 string;description 2 string;unit 3 string;gauge 5 ?.Gauge;sum 7 ?.Sum;histogram 9 ?.Histogram',
  Gauge: 'dataPoints 1 *.NumberPoint',
  Sum: 'dataPoints 1 *.NumberPoint;aggregationTemporality 2 int32;isMonotonic 3 bool',
  Histogram: 'dataPoints 1 *.HistogramPoint;aggregationTemporality 2 int32',
  NumberPoint:
    'startTimeUnixNano 2 fixed64;timeUnixNano 3 fixed64;asDouble 4 ?double;asInt 6 ?fixed64;attributes 7 *.Attribute',
  HistogramPoint:
    'startTimeUnixNano 2 fixed64;timeUnixNano 3 fixed64;count 4 fixed64;sum 5 ?double;bucketCounts 6 +fixed64;explicitBounds 7 +double;attributes 9 *.Attribute',
  Attribute: 'key 1 string;value 2 ?.Value',
  Value: 'stringValue 1 ?string;boolValue 2 ?bool;doubleValue 4 ?double',
};

const slots = new Map<string, EncoderSlot>();

function slotOf(name: string): EncoderSlot {
  let slot = slots.get(name);
  if (slot !== undefined) return slot;
  const created: EncoderSlot = {
    encode(message, writer, depth) {
      created.encode = compileEncoder(parseMessage(name, table[name] ?? ''), slotOf);
      created.encode(message, writer, depth);
    },
  };
  slot = created;
  slots.set(name, slot);
  return slot;
}

/** `ExportMetricsServiceRequest` as bytes. */
export function encodeOtlpMetrics(request: OtlpMetricsRequest): Uint8Array {
  const writer = new BinaryWriter();
  slotOf('Request').encode(request, writer, 0);
  return writer.finish();
}
