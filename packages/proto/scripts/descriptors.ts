import { createRequire } from 'node:module';

/** A field as the generator needs it, whatever library read the descriptors. */
export interface FieldDescriptor {
  name: string;
  number: number;
  presence: 'implicit' | 'explicit' | 'repeated' | 'packed' | 'map';
  mapKey: string | undefined;
  /** Scalar name, or the full name of a message or enum. */
  type: string;
  kind: 'scalar' | 'message' | 'enum';
  oneof: string | undefined;
}

export interface MessageDescriptor {
  name: string;
  fields: FieldDescriptor[];
}

export interface EnumDescriptor {
  name: string;
  values: [name: string, number: number][];
}

export interface MethodDescriptor {
  name: string;
  requestType: string;
  responseType: string;
  responseStream: boolean;
}

export interface ServiceDescriptor {
  name: string;
  methods: MethodDescriptor[];
}

export interface Descriptors {
  messages: MessageDescriptor[];
  enums: EnumDescriptor[];
  services: ServiceDescriptor[];
}

interface ReflectedType {
  fullName: string;
  values?: Record<string, number>;
}

interface ReflectedField {
  name: string;
  id: number;
  type: string;
  keyType?: string;
  repeated: boolean;
  map: boolean;
  packed: boolean;
  hasPresence: boolean;
  partOf: { name: string } | null;
  resolvedType: ReflectedType | null;
  resolve(): ReflectedField;
}

interface ReflectedNode extends ReflectedType {
  name: string;
  nestedArray?: ReflectedNode[];
  fieldsArray?: ReflectedField[];
  methodsArray?: {
    name: string;
    resolvedRequestType: ReflectedType;
    resolvedResponseType: ReflectedType;
    responseStream?: boolean;
  }[];
  resolveAll(): void;
}

const LEFT_OUT = [
  /^coresdk\b/,
  /^nexusannotations\b/,
  /^google\.api\b/,
  /^grpc\.gateway\b/,
  /^temporal\.api\.protometa\b/,
  /^google\.protobuf\.(File|Descriptor|Extension|Field(?!Mask)|Oneof|Enum|Service|Method|Message|Uninterpreted|Feature|SourceCode|GeneratedCode|Edition)/,
];

/** The one property that the reflection library spells in another way than all others. */
const RENAMED: Readonly<Record<string, string>> = { 'google.protobuf.Any.type_url': 'typeUrl' };

export function readDescriptors(): Descriptors {
  const require = createRequire(import.meta.url);
  const root = require('@temporalio/proto/protos/json-module.js') as ReflectedNode;
  root.resolveAll();
  const found: Descriptors = { messages: [], enums: [], services: [] };
  collect(root, found);
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  found.messages.sort(byName);
  found.enums.sort(byName);
  found.services.sort(byName);
  return found;
}

function collect(node: ReflectedNode, into: Descriptors): void {
  for (const child of node.nestedArray ?? []) {
    const name = child.fullName.replace(/^\./, '');
    if (LEFT_OUT.some((pattern) => pattern.test(name))) continue;
    if (child.methodsArray !== undefined) {
      into.services.push(readService(name, child.methodsArray));
    } else if (child.fieldsArray !== undefined) {
      into.messages.push({ name, fields: readFields(name, child.fieldsArray) });
    } else if (child.values !== undefined) {
      into.enums.push({ name, values: Object.entries(child.values) });
    }
    collect(child, into);
  }
}

function readService(name: string, methods: NonNullable<ReflectedNode['methodsArray']>): ServiceDescriptor {
  return {
    name,
    methods: methods.map((method) => ({
      name: method.name,
      requestType: method.resolvedRequestType.fullName.slice(1),
      responseType: method.resolvedResponseType.fullName.slice(1),
      responseStream: method.responseStream === true,
    })),
  };
}

function readFields(message: string, fields: ReflectedField[]): FieldDescriptor[] {
  return fields
    .map((unresolved) => {
      const field = unresolved.resolve();
      const resolved = field.resolvedType;
      const name = RENAMED[`${message}.${field.name}`] ?? field.name;
      if (name in Object.prototype) throw new Error(`${message}.${name} hides a property of Object.prototype`);
      return {
        name,
        number: field.id,
        presence: presenceOf(field),
        mapKey: field.map ? field.keyType : undefined,
        type: resolved === null ? field.type : resolved.fullName.slice(1),
        kind: kindOf(resolved),
        oneof: field.partOf?.name,
      };
    })
    .sort((a, b) => a.number - b.number);
}

function kindOf(resolved: ReflectedType | null): FieldDescriptor['kind'] {
  if (resolved === null) return 'scalar';
  return resolved.values === undefined ? 'message' : 'enum';
}

function presenceOf(field: ReflectedField): FieldDescriptor['presence'] {
  if (field.map) return 'map';
  if (field.repeated) {
    const packable = field.type !== 'string' && field.type !== 'bytes' && kindOf(field.resolvedType) !== 'message';
    return packable && field.packed ? 'packed' : 'repeated';
  }
  return field.hasPresence ? 'explicit' : 'implicit';
}
