import { enumSchema, type FieldSchema } from '../schema.ts';

/** An enum as reflection shows it. */
export interface EnumReflection {
  readonly fullName: string;
  readonly values: Readonly<Record<string, number>>;
  readonly valuesById: Readonly<Record<number, string>>;
}

/** A field as reflection shows it, by the names that protobufjs gives things. */
export interface FieldReflection {
  readonly name: string;
  /** As in JSON; the same. */
  readonly jsonName: string;
  /** As in the .proto file. */
  readonly protoName: string;
  readonly id: number;
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  readonly keyType?: string;
  /** Whether a value that is not set is told from an empty one. */
  readonly hasPresence: boolean;
  /** The group of fields of which one is set at most; null for most fields. */
  readonly partOf: { readonly name: string } | null;
  /** The class of the message, or the enum; null for scalars. */
  readonly resolvedType: object | null;
  resolve(): FieldReflection;
}

export function reflectField(field: FieldSchema, classOf: (message: string) => object): FieldReflection {
  const { name, presence, mapKey, kind, type, oneof } = field;
  return {
    name,
    jsonName: name,
    protoName: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    id: field.number,
    type,
    repeated: presence === 'repeated' || presence === 'packed',
    map: presence === 'map',
    hasPresence: presence === 'explicit' || (presence === 'implicit' && kind === 'message'),
    partOf: oneof === undefined ? null : { name: oneof },
    ...(mapKey === undefined ? {} : { keyType: mapKey }),
    get resolvedType(): object | null {
      if (kind === 'scalar') return null;
      return kind === 'message' ? classOf(type) : reflectEnum(type);
    },
    resolve() {
      return this;
    },
  };
}

const enums = new Map<string, EnumReflection>();

function reflectEnum(name: string): EnumReflection {
  let found = enums.get(name);
  if (found === undefined) {
    const { nameOf, numberOf } = enumSchema(name);
    found = {
      fullName: `.${name}`,
      values: Object.fromEntries(numberOf),
      valuesById: Object.fromEntries(nameOf),
    };
    enums.set(name, found);
  }
  return found;
}
