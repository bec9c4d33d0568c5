import { enumCodec } from './enum-codec.ts';
import { ValueError } from './errors.ts';

/** The kinds of search attributes that a server can index. */
export const SearchAttributeType = {
  TEXT: 'TEXT',
  KEYWORD: 'KEYWORD',
  INT: 'INT',
  DOUBLE: 'DOUBLE',
  BOOL: 'BOOL',
  DATETIME: 'DATETIME',
  KEYWORD_LIST: 'KEYWORD_LIST',
} as const;
export type SearchAttributeType = (typeof SearchAttributeType)[keyof typeof SearchAttributeType];

const indexedValueTypes = enumCodec('IndexedValueType', 'INDEXED_VALUE_TYPE_', {
  UNSPECIFIED: 0,
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
});

/** The number by which `OperatorService.addSearchAttributes` knows a type; undefined stays undefined. */
export function encodeSearchAttributeIndexedValueType(
  type: SearchAttributeType | `INDEXED_VALUE_TYPE_${SearchAttributeType}` | null | undefined,
): number | undefined {
  return indexedValueTypes.encode(type);
}

interface ValueOfType {
  TEXT: string;
  KEYWORD: string;
  INT: number;
  DOUBLE: number;
  BOOL: boolean;
  DATETIME: Date;
  KEYWORD_LIST: string[];
}

/** Untyped values: always arrays, of one kind each. Prefer TypedSearchAttributes. */
export type SearchAttributeValue = string[] | number[] | boolean[] | Date[];
/** Untyped search attributes by name. Prefer TypedSearchAttributes. */
export type SearchAttributes = Record<string, SearchAttributeValue | Readonly<SearchAttributeValue> | undefined>;

/** One value of one type. */
export type TypedSearchAttributeValue<T extends SearchAttributeType = SearchAttributeType> = ValueOfType[T];

/** The name and type of a search attribute. */
export interface SearchAttributeKey<T extends SearchAttributeType = SearchAttributeType> {
  readonly name: string;
  readonly type: T;
}

/** A key with its value. */
export type SearchAttributePair = {
  [T in SearchAttributeType]: { key: SearchAttributeKey<T>; value: ValueOfType[T] };
}[SearchAttributeType];

/** A key with its new value, or null to remove it. */
export type SearchAttributeUpdatePair = {
  [T in SearchAttributeType]: { key: SearchAttributeKey<T>; value: ValueOfType[T] | null };
}[SearchAttributeType];

/**
 * Names a search attribute, to be used with TypedSearchAttributes.
 *
 * @example const customer = defineSearchAttributeKey('CustomerId', SearchAttributeType.KEYWORD);
 */
export function defineSearchAttributeKey<T extends SearchAttributeType>(name: string, type: T): SearchAttributeKey<T> {
  return { name, type };
}

/** True when a value can be stored under an attribute of this type. */
export function isValidForType(type: SearchAttributeType, value: unknown): boolean {
  switch (type) {
    case 'TEXT':
    case 'KEYWORD':
      return typeof value === 'string';
    case 'INT':
      return Number.isInteger(value);
    case 'DOUBLE':
      return typeof value === 'number';
    case 'BOOL':
      return typeof value === 'boolean';
    case 'DATETIME':
      return value instanceof Date;
    case 'KEYWORD_LIST':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
  }
}

/** What the metadata of a payload calls the types. */
export const metadataTypes: Readonly<Record<SearchAttributeType, string>> = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
};

function typeOfUntyped(value: readonly unknown[] | null | undefined): SearchAttributeType | undefined {
  if (value === null || value === undefined) return undefined;
  const only = value.length === 1 ? value[0] : value;
  if (typeof only === 'string') return isIsoDate(only) ? 'DATETIME' : 'TEXT';
  if (typeof only === 'number') return Number.isInteger(only) ? 'INT' : 'DOUBLE';
  if (typeof only === 'boolean') return 'BOOL';
  if (only instanceof Date) return 'DATETIME';
  return Array.isArray(only) && only.every((item) => typeof item === 'string') ? 'KEYWORD_LIST' : undefined;
}

const isIsoDate = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && Date.parse(text) === new Date(text).getTime();

function copyOf(value: unknown): unknown {
  if (value instanceof Date) return new Date(value);
  return Array.isArray(value) ? [...(value as unknown[])] : value;
}

/** Search attributes with types: at most one value for a name. */
export class TypedSearchAttributes {
  readonly #pairs = new Map<string, SearchAttributePair>();

  /** @throws ValueError for a name that appears twice, and for values that are not of their type */
  constructor(initial: readonly SearchAttributePair[] = []) {
    for (const pair of initial) {
      if (this.#pairs.has(pair.key.name)) throw new ValueError(`Duplicate search attribute key: ${pair.key.name}`);
      this.#set(pair);
    }
  }

  /** All pairs, as copies. */
  getAll(): SearchAttributePair[] {
    return [...this.#pairs.values()].map(({ key, value }) => ({ key, value: copyOf(value) }) as SearchAttributePair);
  }

  /** The value of a key, or undefined when there is none of its name and type. */
  get<T extends SearchAttributeType>(key: SearchAttributeKey<T>): ValueOfType[T] | undefined {
    const pair = this.#pairs.get(key.name);
    return pair?.key.type === key.type ? (copyOf(pair.value) as ValueOfType[T]) : undefined;
  }

  /** A copy that shares nothing. */
  copy(): TypedSearchAttributes {
    return new TypedSearchAttributes(this.getAll());
  }

  /** A copy with changes; null removes. */
  updateCopy(updates: readonly SearchAttributeUpdatePair[]): TypedSearchAttributes {
    const changed = this.copy();
    for (const update of updates) {
      if (update.value === null) changed.#pairs.delete(update.key.name);
      else changed.#set(update as SearchAttributePair);
    }
    return changed;
  }

  toJSON(): SearchAttributePair[] {
    return this.getAll();
  }

  /** The key that an untyped value seems to be of: text that is an ISO date counts as one. Undefined for an empty one. */
  static getKeyFromUntyped(
    name: string,
    value: SearchAttributeValue | Readonly<SearchAttributeValue>,
  ): SearchAttributeKey | undefined {
    const type = typeOfUntyped(value);
    return type && { name, type };
  }

  /** The type as payloads name it in their metadata. */
  static toMetadataType(type: SearchAttributeType): string {
    return metadataTypes[type];
  }

  /** The type that metadata names, in the short form or in that of the wire's enum. Undefined for any other. */
  static toSearchAttributeType(type: string): SearchAttributeType | undefined {
    const isNamed = (name: SearchAttributeType): boolean =>
      type === metadataTypes[name] || type === `INDEXED_VALUE_TYPE_${name}`;
    return Object.values(SearchAttributeType).find(isNamed);
  }

  #set(pair: SearchAttributePair): void {
    if (!isValidForType(pair.key.type, pair.value)) {
      throw new ValueError(`Invalid search attribute value ${String(pair.value)} for given type ${pair.key.type}`);
    }
    this.#pairs.set(pair.key.name, { key: pair.key, value: copyOf(pair.value) } as SearchAttributePair);
  }
}
