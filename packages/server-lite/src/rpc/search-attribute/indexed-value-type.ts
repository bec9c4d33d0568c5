import { IndexedValueType } from '@reprise/proto';
import type { SearchAttributeType } from '../../system/search-attribute/search-attribute-type.ts';

const numbers: Readonly<Record<SearchAttributeType, IndexedValueType>> = {
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

export const indexedValueType = (type: SearchAttributeType): IndexedValueType => numbers[type];

/** Undefined for a number that stands for no type. */
export function searchAttributeTypeOf(value: number): SearchAttributeType | undefined {
  const entry = Object.entries(numbers).find(([, number]) => number === value);
  return entry?.[0] as SearchAttributeType | undefined;
}
