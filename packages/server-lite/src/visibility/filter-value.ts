/** Values in filters: from how they are written to what is stored in the field that they are compared with. */
import { WorkflowExecutionStatus } from '@reprise/proto';
import { invalidArgument } from '../errors.ts';
import { parseDurationMs } from '../system/dynamic-config.ts';
import type { Field } from './filter-fields.ts';
import type { FilterValue } from './filter-syntax.ts';
import { textTokens } from './text-tokens.ts';

export type StoredValue = string | number;

const invalid = (message: string) => invalidArgument(`invalid query: invalid expression: ${message}`);

const statusNames = new Map(
  Object.entries(WorkflowExecutionStatus).map(([name, value]) => [
    name
      .replace('WORKFLOW_EXECUTION_STATUS_', '')
      .split('_')
      .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
      .join(''),
    value,
  ]),
);

export const statusOf = (name: string): number | undefined =>
  statusNames.get(name) ?? (WorkflowExecutionStatus as Record<string, number>)[name];

/** `Running` for 1. */
export function statusName(status: number): string {
  for (const [name, value] of statusNames) if (value === status) return name;
  return String(status);
}

/** @throws ServiceError INVALID_ARGUMENT */
export function storedValue(field: Field, value: FilterValue): StoredValue {
  switch (value.kind) {
    case 'text':
      return storedText(field, value.value);
    case 'integer':
      return storedInteger(field, value.digits);
    case 'decimal':
      return storedNumber(field, value.value);
    case 'boolean':
      return value.value ? 1 : 0;
    case 'column':
      throw invalidArgument(
        `invalid query: operation is not supported: column name on the right side of comparison expression (did you forget to quote '${value.name}'?)`,
      );
    case 'list':
      throw invalid('unexpected value type sqlparser.ValTuple');
    case 'other':
      if (value.name === '*sqlparser.FuncExpr') {
        throw invalidArgument('invalid query: operation is not supported: nested func');
      }
      throw invalid(`unexpected value type ${value.name}`);
    case 'unreadable':
      throw invalidArgument(`invalid expression: unable to parse ${value.text}`);
  }
}

function storedText(field: Field, text: string): StoredValue {
  if (field.name === 'ExecutionStatus') {
    const status = statusOf(text);
    if (status === undefined) throw invalid(`invalid ExecutionStatus value '${text}'`);
    return status;
  }
  if (field.name === 'ExecutionDuration') return durationMs(text);
  if (field.type === 'Datetime') return datetimeMs(text);
  if (field.type === 'Text' && textTokens(text).length === 0) {
    throw invalid(`unexpected value for Text type search attribute (no tokens found in '${text}')`);
  }
  const isNumber = field.type === 'Int' || field.type === 'Double' || field.type === 'Bool';
  return isNumber && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function storedInteger(field: Field, digits: string): StoredValue {
  if (field.type === 'Datetime') return Number(BigInt(digits) / 1000n) / 1000;
  return storedNumber(field, Number(digits));
}

function storedNumber(field: Field, value: number): StoredValue {
  if (field.type === 'Datetime') throw invalid(`unexpected value type float64 for search attribute ${field.name}`);
  if (field.place.kind === 'column' && field.place.scale) return value / field.place.scale;
  if (field.type === 'KeywordList' || field.type === 'Text') {
    throw invalid(`unexpected value type (expected string, got ${value})`);
  }
  const isText = field.type === 'Keyword';
  return isText && field.name !== 'ExecutionStatus' ? String(value) : value;
}

function datetimeMs(text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const wholeMs = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
  if (Number.isNaN(wholeMs)) throw invalid(`unable to parse datetime '${text}'`);
  return wholeMs + Number(match?.[2] ?? 0) * 1000;
}

/** `1h2m`, `01:02:03`, or a number of nanoseconds. */
function durationMs(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) / 1_000_000;
  const clock = /^(\d+):(\d{2}):(\d{2})$/.exec(text);
  if (clock) return ((Number(clock[1]) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000;
  const parsed = parseDurationMs(text);
  if (parsed === undefined) {
    throw invalidArgument(
      `invalid query: invalid value for search attribute ExecutionDuration: ${text} (invalid duration)`,
    );
  }
  return parsed;
}
