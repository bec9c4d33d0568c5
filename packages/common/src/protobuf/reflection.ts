/** What the converters use of protobufjs. Users bring their own copy, of any version; it is known by its shape only. */
import { isRecord } from '../brand.ts';
import { PayloadConverterError } from '../errors.ts';

export interface ReflectedEnum {
  readonly values: Readonly<Record<string, number>>;
  readonly valuesById: Readonly<Record<number, string>>;
}

export interface ReflectedField {
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  readonly keyType?: string;
  /** Whether a value that is not set is told from an empty one; not told by older versions. */
  readonly hasPresence?: boolean;
  /** The oneof that the field is in, also the one that stands for `optional`. */
  readonly partOf?: object | null;
  readonly resolvedType: ReflectedType | ReflectedEnum | null;
  resolve(): ReflectedField;
}

export interface ReflectedType {
  readonly fullName: string;
  readonly fieldsArray: readonly ReflectedField[];
  create(properties?: object): object;
  fromObject(object: object): object;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

/** A protobufjs `Root`. */
export interface ProtobufRoot {
  lookupType(path: string): unknown;
}

/** What converters are given as their root. Throws TypeError when it finds no types. */
export function rootOf(candidate: unknown): ProtobufRoot | undefined {
  if (candidate === undefined || candidate === null) return undefined;
  if (isRecord(candidate) && typeof candidate['lookupType'] === 'function') return candidate as unknown as ProtobufRoot;
  throw new TypeError('root must be an instance of a protobufjs Root');
}

/** A protobufjs type, or the class of one. */
export function isType(candidate: unknown): candidate is ReflectedType {
  return isRecord(candidate) && Array.isArray(candidate['fieldsArray']) && typeof candidate['fullName'] === 'string';
}

/** The type of a message; undefined for values that are no messages. */
export function typeOfMessage(value: unknown): ReflectedType | undefined {
  if (!isRecord(value)) return undefined;
  const own: unknown = value['$type'];
  return isType(own) ? own : undefined;
}

/** The name of a type as metadata carries it. */
export function typeName({ fullName }: ReflectedType): string {
  return fullName.replace(/^\./, '');
}

/** Finds a type by name. Throws PayloadConverterError when the root does not have it, or when there is no root. */
export function lookUp(root: ProtobufRoot | undefined, name: string): ReflectedType {
  if (root === undefined)
    throw new PayloadConverterError('Unable to deserialize protobuf message without `root` being provided');
  let found: unknown;
  try {
    found = root.lookupType(name);
  } catch (error) {
    throw new PayloadConverterError(
      `Got a \`${name}\` protobuf message but cannot find corresponding message class in \`root\``,
      error,
    );
  }
  if (!isType(found))
    throw new PayloadConverterError(`Expected ${name} to be a protobuf type of the root, got ${typeof found}`);
  return found;
}
