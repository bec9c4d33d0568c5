import type { SearchAttributeType } from '../system/search-attribute/search-attribute-type.ts';
import { textTokens } from './text-tokens.ts';

function storedOne(type: SearchAttributeType, value: unknown): (string | number)[] {
  if (type === 'Text') return textTokens(String(value));
  if (type === 'Bool') return [value === true ? 1 : 0];
  if (type === 'Datetime') return [Date.parse(String(value))];
  return typeof value === 'number' ? [value] : [String(value)];
}

/** What is kept of a search attribute's value, to be compared with: one entry per thing that can match. */
export function attributeValues(type: SearchAttributeType, value: unknown): (string | number)[] {
  return Array.isArray(value) ? value.flatMap((item) => storedOne(type, item)) : storedOne(type, value);
}
