import type { Payload } from '@reprise/common';
import { invalidArgument } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { DynamicConfig } from '../dynamic-config.ts';
import { openRecords, type Records } from '../records.ts';
import {
  customAttributeSlots,
  predefinedSearchAttributes,
  serviceSearchAttributes,
  systemSearchAttributes,
} from './search-attribute-names.ts';
import { type Columns, type Custom, renamedColumns, typesOfColumns, withColumns } from './search-attribute-columns.ts';
import type { SearchAttributeType } from './search-attribute-type.ts';
import { readSearchAttribute } from './search-attribute-value.ts';

interface NamespaceRef {
  readonly id: string;
  readonly name: string;
}

type Fields = Readonly<Record<string, Payload>>;

/** Which search attributes exist, and what may be written into them. */
export interface SearchAttributes {
  typeOf(namespaceId: string, name: string): SearchAttributeType | undefined;
  /**
   * Checks what a request or command sets, and gives it back with `type` metadata added where it lacks.
   *
   * @throws ServiceError INVALID_ARGUMENT, with the message that a failed workflow task carries too
   */
  validate(namespace: NamespaceRef, indexedFields: Fields): Record<string, Payload>;
  /** The parts of `validate`, for commands, which tell them apart: whether every name is known. */
  requireMapped(namespace: NamespaceRef, indexedFields: Fields): void;
  /** Whether every value fits its type. */
  typed(namespace: NamespaceRef, indexedFields: Fields): Record<string, Payload>;
  /** Whether values, and all of them together, are small enough. */
  requireSize(indexedFields: Fields): void;
}

const encoder = new TextEncoder();

/** Names that the service keeps for attributes to come. */
const reservedPrefix = 'Temporal';

export class SearchAttributeRegistry implements SearchAttributes {
  readonly #records: Records<Custom>;
  readonly #config: DynamicConfig;
  readonly #columnRecords: Records<Columns>;
  readonly #custom = new Map<string, Custom>();
  readonly #columns = new Map<string, Columns>();

  constructor(store: Store, config: DynamicConfig) {
    this.#records = openRecords(store, 'searchAttributes');
    this.#config = config;
    this.#columnRecords = openRecords(store, 'searchAttributeColumns');
    for (const { key, value } of this.#records.list()) {
      this.#custom.set(key, value);
      this.#columns.set(key, withColumns(this.#columnRecords.get(key) ?? {}, value));
    }
  }

  custom(namespaceId: string): Custom {
    return this.#custom.get(namespaceId) ?? {};
  }

  /** The custom ones by the columns that the service would keep them in: `Keyword01`, `Keyword02`, ... */
  columns(namespaceId: string): Columns {
    return this.#columns.get(namespaceId) ?? {};
  }

  /**
   * Names by columns: an empty name frees its column.
   *
   * @throws ServiceError INVALID_ARGUMENT for a column that has a name
   */
  rename(namespaceId: string, names: Columns): void {
    const before = this.columns(namespaceId);
    const columns = renamedColumns(before, names);
    if (columns === before) return;
    this.#put(namespaceId, typesOfColumns(columns), columns);
  }

  typeOf(namespaceId: string, name: string): SearchAttributeType | undefined {
    const custom = this.custom(namespaceId);
    if (Object.hasOwn(custom, name)) return custom[name];
    if (Object.hasOwn(systemSearchAttributes, name)) return systemSearchAttributes[name];
    return Object.hasOwn(predefinedSearchAttributes, name) ? predefinedSearchAttributes[name] : undefined;
  }

  /** Names that exist already are left as they are. */
  add(namespaceId: string, added: Custom): void {
    const custom: Record<string, SearchAttributeType> = { ...this.custom(namespaceId) };
    let isNew = false;
    for (const [name, type] of Object.entries(added)) {
      const isKnown = Object.hasOwn(systemSearchAttributes, name) || Object.hasOwn(predefinedSearchAttributes, name);
      if (isKnown || name.startsWith(reservedPrefix)) {
        throw invalidArgument(`Search attribute ${name} is reserved by system.`);
      }
      if (Object.hasOwn(custom, name)) continue;
      const taken = Object.values(custom).filter((existing) => existing === type).length;
      if (taken >= customAttributeSlots[type]) {
        throw invalidArgument(
          `Unable to create search attributes: cannot have more than ${customAttributeSlots[type]} search attribute of type ${type}.`,
        );
      }
      custom[name] = type;
      isNew = true;
    }
    if (isNew) this.#put(namespaceId, custom, withColumns(this.columns(namespaceId), custom));
  }

  remove(namespaceId: string, names: readonly string[]): void {
    const custom: Record<string, SearchAttributeType> = { ...this.custom(namespaceId) };
    for (const name of names) {
      if (Object.hasOwn(systemSearchAttributes, name) || Object.hasOwn(predefinedSearchAttributes, name)) {
        throw invalidArgument(`Unable to remove non-custom search attributes: ${name}.`);
      }
      delete custom[name];
    }
    this.#put(namespaceId, custom, withColumns(this.columns(namespaceId), custom));
  }

  validate(namespace: NamespaceRef, indexedFields: Fields): Record<string, Payload> {
    this.requireMapped(namespace, indexedFields);
    const typed = this.typed(namespace, indexedFields);
    this.requireSize(indexedFields);
    return typed;
  }

  requireMapped(namespace: NamespaceRef, indexedFields: Fields): void {
    const unknown = Object.keys(indexedFields).find((name) => !this.typeOf(namespace.id, name));
    if (unknown === undefined) return;
    if (unknown === '') throw invalidArgument('');
    throw invalidArgument(`Namespace ${namespace.name} has no mapping defined for search attribute ${unknown}`);
  }

  typed(namespace: NamespaceRef, indexedFields: Fields): Record<string, Payload> {
    const names = Object.keys(indexedFields);
    const keysLimit = this.#config.get('frontend.searchAttributesNumberOfKeysLimit');
    if (names.length > keysLimit) {
      throw invalidArgument(`number of search attributes ${names.length} exceeds limit ${keysLimit}`);
    }
    const typed: Record<string, Payload> = {};
    for (const [name, payload] of Object.entries(indexedFields)) {
      typed[name] = this.#typedValue(namespace, name, payload);
    }
    return typed;
  }

  #typedValue(namespace: NamespaceRef, name: string, payload: Payload): Payload {
    if (Object.hasOwn(systemSearchAttributes, name) || serviceSearchAttributes.has(name)) {
      throw invalidArgument(`${name} attribute can't be set in SearchAttributes`);
    }
    const type = this.typeOf(namespace.id, name);
    if (!type) throw invalidArgument(`search attribute ${name} is not defined`);
    const read = readSearchAttribute(payload, type);
    if (read.kind === 'invalid') {
      throw invalidArgument(`invalid value for search attribute ${name} of type ${type}: ${read.shown}`);
    }
    if (payload.metadata?.['type']) return payload;
    return { ...payload, metadata: { ...payload.metadata, type: encoder.encode(type) } };
  }

  requireSize(indexedFields: Fields): void {
    const valueLimit = this.#config.get('frontend.searchAttributesSizeOfValueLimit');
    const totalLimit = this.#config.get('frontend.searchAttributesTotalSizeLimit');
    let total = 0;
    for (const [name, payload] of Object.entries(indexedFields)) {
      const size = payload.data?.length ?? 0;
      if (size > valueLimit) {
        throw invalidArgument(`search attribute ${name} value size ${size} exceeds size limit ${valueLimit}`);
      }
      total += name.length + size;
    }
    if (total > totalLimit) {
      throw invalidArgument(`total size of search attributes ${total} exceeds size limit ${totalLimit}`);
    }
  }

  #put(namespaceId: string, custom: Custom, columns: Columns): void {
    this.#records.put(namespaceId, custom);
    this.#columnRecords.put(namespaceId, columns);
    this.#custom.set(namespaceId, custom);
    this.#columns.set(namespaceId, columns);
  }
}
