/** The columns that the service keeps custom search attributes in, as descriptions of namespaces show them. */
import { invalidArgument } from '../../errors.ts';
import { customAttributeSlots } from './search-attribute-names.ts';
import type { SearchAttributeType } from './search-attribute-type.ts';

/** Types by names of attributes. */
export type Custom = Readonly<Record<string, SearchAttributeType>>;
/** Names of attributes by columns. */
export type Columns = Readonly<Record<string, string>>;

const isType = (text: string): text is SearchAttributeType => Object.hasOwn(customAttributeSlots, text);

/** Names keep their columns; each new one gets the first of its type that is free. */
export function withColumns(columns: Columns, custom: Custom): Columns {
  const kept = Object.entries(columns).filter(([column, name]) => Object.hasOwn(custom, name) || !typeOf(column));
  const result: Record<string, string> = Object.fromEntries(kept);
  const placed = new Set(Object.values(result));
  for (const [name, type] of Object.entries(custom)) {
    if (placed.has(name)) continue;
    let place = 1;
    while (Object.hasOwn(result, columnName(type, place))) place++;
    result[columnName(type, place)] = name;
  }
  return result;
}

/**
 * An empty name frees its column, and a name that exists already changes nothing.
 *
 * @returns the same object when nothing changes
 * @throws ServiceError INVALID_ARGUMENT for a column that has another name
 */
export function renamedColumns(columns: Columns, names: Columns): Columns {
  const result: Record<string, string> = { ...columns };
  const taken = new Set(Object.values(columns));
  for (const [column, name] of Object.entries(names)) {
    if (name === '') delete result[column];
    else if (taken.has(name)) continue;
    else if (!Object.hasOwn(columns, column)) result[column] = name;
    else throw invalidArgument('Custom search attribute field name already allocated.');
  }
  const isSame = JSON.stringify(Object.entries(result)) === JSON.stringify(Object.entries(columns));
  return isSame ? columns : result;
}

/** What the attributes in these columns hold: columns that there are not are names of nothing. */
export function typesOfColumns(columns: Columns): Custom {
  const types: Record<string, SearchAttributeType> = {};
  for (const [column, name] of Object.entries(columns)) {
    const type = typeOf(column);
    if (type) types[name] = type;
  }
  return types;
}

const columnName = (type: SearchAttributeType, place: number): string => `${type}${String(place).padStart(2, '0')}`;

function typeOf(column: string): SearchAttributeType | undefined {
  const [, type = '', digits = ''] = /^([A-Za-z]+)(\d\d)$/.exec(column) ?? [];
  return isType(type) && Number(digits) >= 1 && Number(digits) <= customAttributeSlots[type] ? type : undefined;
}
