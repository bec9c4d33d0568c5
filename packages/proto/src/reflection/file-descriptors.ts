/**
 * The descriptors of all messages, enums and services, made from the tables: a file for each package, as reflection tells of
 * them. Comments and options are not in the tables, and so not here.
 */
import { enumTable, serviceTable } from '../generated/tables.ts';
import { allMessageNames, enumSchema, type FieldSchema, messageSchema } from '../schema.ts';
import { field, message, repeated } from './descriptor-writer.ts';

/** A file of descriptors. */
export interface DescribedFile {
  readonly name: string;
  /** Encoded `google.protobuf.FileDescriptorProto`. */
  readonly bytes: Uint8Array;
  /** Names of the files that it needs. */
  readonly dependencies: readonly string[];
}

const scalarTypes: Readonly<Record<string, number>> = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  bytes: 12,
  uint32: 13,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
};
const messageType = 11;
const enumType = 14;

/** Everybody has these files already, by these names. */
const wellKnown: Readonly<Record<string, string>> = {
  Any: 'any',
  Duration: 'duration',
  Empty: 'empty',
  FieldMask: 'field_mask',
  Struct: 'struct',
  Value: 'struct',
  ListValue: 'struct',
  NullValue: 'struct',
  Timestamp: 'timestamp',
};

const isTypeName = (part: string): boolean => /^[A-Z]/.test(part);
const packageOf = (name: string): string => name.split('.').slice(0, name.split('.').findIndex(isTypeName)).join('.');
const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const parentOf = (name: string): string => name.slice(0, name.lastIndexOf('.'));

function fileOf(name: string): string {
  const folder = packageOf(name).replaceAll('.', '/');
  if (folder !== 'google/protobuf') return `${folder}/all.proto`;
  const top = name.split('.')[2] ?? '';
  return `${folder}/${wellKnown[top] ?? 'wrappers'}.proto`;
}

let filesByName: ReadonlyMap<string, DescribedFile> | undefined;

/** The file of this name. */
export function describedFile(name: string): DescribedFile | undefined {
  filesByName ??= new Map(describeFiles().map((file) => [file.name, file]));
  return filesByName.get(name);
}

/** The file in which a message, an enum, a service or one of its methods is described, by its full name. */
export function fileWithSymbol(symbol: string): DescribedFile | undefined {
  const known = [symbol, parentOf(symbol)].find(
    (name) => Object.hasOwn(enumTable, name) || Object.hasOwn(serviceTable, name) || allMessageNames().includes(name),
  );
  return known === undefined ? undefined : describedFile(fileOf(known));
}

function describeFiles(): DescribedFile[] {
  const names = [...allMessageNames(), ...Object.keys(enumTable), ...Object.keys(serviceTable)];
  return [...Map.groupBy(names, fileOf)].map(([file, own]) => describeFile(file, own));
}

function describeFile(name: string, names: readonly string[]): DescribedFile {
  const of = packageOf(names[0] ?? '');
  const top = names.filter((one) => parentOf(one) === of);
  const services = top.filter(isService);
  const needed = new Set(
    [...names.filter(isMessage).flatMap(neededBy), ...services.flatMap(typesOfService)].map(fileOf),
  );
  needed.delete(name);
  const dependencies = [...needed].sort();
  const bytes = message(
    field(1, name),
    field(2, of),
    repeated(3, dependencies),
    repeated(4, top.filter(isMessage).map(describeMessage)),
    repeated(5, top.filter(isEnum).map(describeEnum)),
    repeated(6, services.map(describeService)),
    field(12, 'proto3'),
  );
  return { name, bytes, dependencies };
}

const isService = (name: string): name is keyof typeof serviceTable => Object.hasOwn(serviceTable, name);
const isEnum = (name: string): boolean => Object.hasOwn(enumTable, name);
const isMessage = (name: string): boolean => !isService(name) && !isEnum(name);

const neededBy = (name: string): string[] =>
  messageSchema(name).fields.flatMap(({ kind, type }) => (kind === 'scalar' ? [] : [type]));

function describeMessage(name: string): Uint8Array {
  const { fields } = messageSchema(name);
  const oneofs = [...new Set(fields.flatMap((one) => oneofOf(one) ?? []))];
  // Those of optional fields have to come last.
  oneofs.sort((a, b) => Number(a.startsWith('_')) - Number(b.startsWith('_')));
  const nested = allMessageNames().filter((other) => parentOf(other) === name);
  const maps = fields.filter(({ presence }) => presence === 'map');
  const enums = Object.keys(enumTable).filter((other) => parentOf(other) === name);
  return message(
    field(1, lastOf(name)),
    repeated(
      2,
      fields.map((one) => describeField(name, one, oneofs)),
    ),
    repeated(3, [...nested.map(describeMessage), ...maps.map(describeMapEntry)]),
    repeated(4, enums.map(describeEnum)),
    repeated(
      8,
      oneofs.map((oneof) => message(field(1, oneof))),
    ),
  );
}

/** An optional scalar is alone in a oneof of its own, by which its presence is told. */
function oneofOf({ name, presence, kind, oneof }: FieldSchema): string | undefined {
  return oneof ?? (presence === 'explicit' && kind !== 'message' ? `_${snakeCase(name)}` : undefined);
}

function describeField(owner: string, one: FieldSchema, oneofs: readonly string[]): Uint8Array {
  const { name, number, presence } = one;
  const oneof = oneofOf(one);
  const isRepeated = presence === 'repeated' || presence === 'packed' || presence === 'map';
  const type =
    presence === 'map'
      ? [field(5, messageType), field(6, `.${owner}.${entryName(name)}`)]
      : [field(5, typeNumber(one)), field(6, one.kind === 'scalar' ? '' : `.${one.type}`)];
  return message(
    field(1, snakeCase(name)),
    field(3, number),
    field(4, isRepeated ? 3 : 1),
    ...type,
    field(9, oneof === undefined ? undefined : oneofs.indexOf(oneof)),
    field(10, name),
    field(17, oneof?.startsWith('_') === true),
  );
}

function describeMapEntry({ name, mapKey = 'string', kind, type }: FieldSchema): Uint8Array {
  const optional = field(4, 1);
  const key = message(field(1, 'key'), field(3, 1), optional, field(5, scalarTypes[mapKey]), field(10, 'key'));
  const value = message(
    field(1, 'value'),
    field(3, 2),
    optional,
    field(5, typeNumber({ kind, type })),
    field(6, kind === 'scalar' ? '' : `.${type}`),
    field(10, 'value'),
  );
  const isMapEntry = message(field(7, true));
  return message(field(1, entryName(name)), repeated(2, [key, value]), field(7, isMapEntry));
}

function typeNumber({ kind, type }: Pick<FieldSchema, 'kind' | 'type'>): number | undefined {
  return kind === 'scalar' ? scalarTypes[type] : kind === 'message' ? messageType : enumType;
}

function describeEnum(name: string): Uint8Array {
  const values = [...enumSchema(name).numberOf].map(([value, number]) => message(field(1, value), field(2, number)));
  return message(field(1, lastOf(name)), repeated(2, values));
}

const methodsOf = (service: keyof typeof serviceTable): string[][] =>
  serviceTable[service].split(';').map((method) => method.split(' '));

const typesOfService = (service: keyof typeof serviceTable): string[] =>
  methodsOf(service).flatMap(([, request = '', response = '']) => [request, response]);

function describeService(service: keyof typeof serviceTable): Uint8Array {
  const methods = methodsOf(service).map(([name, request, response, stream]) =>
    message(field(1, name), field(2, `.${request}`), field(3, `.${response}`), field(6, stream !== undefined)),
  );
  return message(field(1, lastOf(service)), repeated(2, methods));
}

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const entryName = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Entry`;
