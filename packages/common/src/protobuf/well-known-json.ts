/** The well-known types that have a JSON form of their own. */
import { ValueError } from '../errors.ts';

interface Span {
  seconds?: unknown;
  nanos?: unknown;
}

function fraction(nanos: number): string {
  if (nanos === 0) return '';
  const digits = String(nanos).padStart(9, '0');
  return `.${digits.endsWith('000000') ? digits.slice(0, 3) : digits.endsWith('000') ? digits.slice(0, 6) : digits}`;
}

export function timestampToJson({ seconds, nanos }: Span): string {
  const iso = new Date(Number(seconds ?? 0) * 1000).toISOString();
  return `${iso.slice(0, 19)}${fraction(Number(nanos ?? 0))}Z`;
}

export function timestampFromJson(text: unknown): Span {
  const match = /^(.{19})(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/i.exec(String(text));
  const ms = match === null ? Number.NaN : Date.parse(`${match[1] ?? ''}${match[3] ?? ''}`);
  if (Number.isNaN(ms)) throw new ValueError(`Expected an RFC 3339 timestamp, got ${JSON.stringify(text)}`);
  return { seconds: ms / 1000, nanos: Number((match?.[2] ?? '').padEnd(9, '0')) };
}

export function durationToJson({ seconds, nanos }: Span): string {
  const [s, n] = [Number(seconds ?? 0), Number(nanos ?? 0)];
  return `${s < 0 || n < 0 ? '-' : ''}${Math.abs(s)}${fraction(Math.abs(n))}s`;
}

export function durationFromJson(text: unknown): Span {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?s$/.exec(String(text));
  if (match === null) throw new ValueError(`Expected a duration such as "1.5s", got ${JSON.stringify(text)}`);
  const sign = match[1] === '-' ? -1 : 1;
  return { seconds: sign * Number(match[2]), nanos: sign * Number((match[3] ?? '').padEnd(9, '0')) };
}

interface StructValue {
  [kind: string]: unknown;
  nullValue?: unknown;
  structValue?: { fields?: Record<string, StructValue> } | null;
  listValue?: { values?: StructValue[] } | null;
}

export function valueToJson(value: StructValue): unknown {
  for (const kind of ['numberValue', 'stringValue', 'boolValue']) {
    if (Object.hasOwn(value, kind) && value[kind] !== null && value[kind] !== undefined) return value[kind];
  }
  if (value.structValue) return structToJson(value.structValue);
  return value.listValue ? (value.listValue.values ?? []).map(valueToJson) : null;
}

export function structToJson({ fields }: { fields?: Record<string, StructValue> }): object {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([key, value]) => [key, valueToJson(value)]));
}

export function valueFromJson(json: unknown): StructValue {
  if (json === null || json === undefined) return { nullValue: 0 };
  if (typeof json === 'number') return { numberValue: json };
  if (typeof json === 'string') return { stringValue: json };
  if (typeof json === 'boolean') return { boolValue: json };
  if (Array.isArray(json)) return { listValue: { values: json.map(valueFromJson) } };
  return { structValue: structFromJson(json) };
}

export function structFromJson(json: unknown): { fields: Record<string, StructValue> } {
  if (typeof json !== 'object' || json === null)
    throw new ValueError(`Expected an object, got ${JSON.stringify(json)}`);
  return { fields: Object.fromEntries(Object.entries(json).map(([key, value]) => [key, valueFromJson(value)])) };
}
