/** A condition on one value of a field, before it is said where the value is found. */
import type { Field } from './filter-fields.ts';
import type { FilterOperator } from './filter-syntax.ts';
import type { StoredValue } from './filter-value.ts';

export interface ValueTest {
  /** @param value SQL of the value */
  readonly sql: (value: string) => string;
  readonly params: readonly StoredValue[];
}

const placeholders = (count: number): string => new Array<string>(count).fill('?').join(', ');

export const oneOf = (values: readonly StoredValue[]): ValueTest => ({
  sql: (value) => `${value} IN (${placeholders(values.length)})`,
  params: values,
});

export const between = (negated: boolean, bounds: readonly StoredValue[]): ValueTest => ({
  sql: (value) => `${value} ${negated ? 'NOT ' : ''}BETWEEN ? AND ?`,
  params: bounds,
});

export function scalarTest(operator: FilterOperator, values: readonly StoredValue[]): ValueTest {
  if (operator === 'in') return oneOf(values);
  if (operator === 'not in')
    return { sql: (value) => `${value} NOT IN (${placeholders(values.length)})`, params: values };
  return { sql: (value) => `${value} ${operator} ?`, params: values };
}

export function prefixTest(field: Field, positive: boolean, prefix: string): ValueTest {
  const not = positive ? '' : 'NOT ';
  if (field.type === 'Keyword') {
    return { sql: (value) => `${not}(${value} >= ? AND ${value} < ?)`, params: [prefix, `${prefix}\u{10ffff}`] };
  }
  return { sql: (value) => `${not}(substr(CAST(${value} AS TEXT), 1, ?) = ?)`, params: [prefix.length, prefix] };
}
