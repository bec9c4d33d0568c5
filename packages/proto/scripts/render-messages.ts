import type { Descriptors, FieldDescriptor, MessageDescriptor } from './descriptors.ts';
import { enumExportNames } from './enum-names.ts';

interface Space {
  spaces: Map<string, Space>;
  lines: string[];
  /** The types of the values under the names of this space. */
  values: Map<string, string>;
}

const SCALARS: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytes: 'Uint8Array',
  double: 'number',
  float: 'number',
  int32: 'number',
  int64: 'number',
  string: 'string',
  uint32: 'number',
  uint64: 'number',
};

export function renderMessages({ messages, enums }: Descriptors): string {
  const root: Space = { spaces: new Map(), lines: [], values: new Map() };
  const enumNames = enumExportNames(enums);
  for (const message of messages) addMessage(root, message);
  for (const { name } of enums) {
    const { space, last } = place(root, name);
    space.lines.push(`type ${last} = enumValues.${enumNames.get(name)};`);
    space.values.set(last, `EnumType<typeof enumValues.${enumNames.get(name)}>`);
  }
  const body = [...root.spaces].flatMap(([name, space]) => renderSpace(`export declare namespace ${name}`, space, ''));
  const values = [...root.spaces].flatMap(([name, space]) => [
    '',
    `export const ${name} = apiNamespace('${name}') as ${renderValues(space).join('\n')};`,
  ]);
  return [
    "import { apiNamespace, type EnumType } from '../api-namespace.ts';",
    "import type { MessageType } from '../message/message-type.ts';",
    "import type * as enumValues from './enums.ts';",
    '',
    ...body,
    ...values,
    '',
    '/** Every message by its full name. */',
    'export interface MessageTypes {',
    ...messages.map(({ name }) => `  '${name}': ${name};`),
    '}',
    '',
  ].join('\n');
}

function place(root: Space, fullName: string): { space: Space; last: string } {
  const parts = fullName.split('.');
  const last = parts.pop() ?? '';
  let space = root;
  for (const part of parts) {
    let next = space.spaces.get(part);
    if (next === undefined) {
      next = { spaces: new Map(), lines: [], values: new Map() };
      space.spaces.set(part, next);
    }
    space = next;
  }
  return { space, last };
}

function addMessage(root: Space, message: MessageDescriptor): void {
  const { space, last } = place(root, message.name);
  space.values.set(last, `MessageType<${message.name}>`);
  // The published declarations name the plain form of a message this way.
  space.lines.push(`type I${last} = ${last};`);
  if (message.fields.length === 0) {
    space.lines.push(`interface ${last} {}`);
    return;
  }
  const fields = message.fields.map((field) => `  ${field.name}?: ${fieldType(field)} | null | undefined;`);
  space.lines.push(`interface ${last} {`, ...fields, '}');
}

function fieldType(field: FieldDescriptor): string {
  const type = field.kind === 'scalar' ? SCALARS[field.type] : field.type;
  if (type === undefined) throw new Error(`no TypeScript type for ${field.type}`);
  if (field.presence === 'map') return `{ [key: string]: ${type} }`;
  return field.presence === 'repeated' || field.presence === 'packed' ? `${type}[]` : type;
}

function renderSpace(head: string, space: Space, indent: string): string[] {
  const inner = [...space.spaces].flatMap(([name, child]) => renderSpace(`namespace ${name}`, child, `${indent}  `));
  return [`${indent}${head} {`, ...space.lines.map((line) => `${indent}  ${line}`), ...inner, `${indent}}`];
}

/** The type of the values of a space; a message may have messages of its own under its name. */
function renderValues(space: Space): string[] {
  const names = [...new Set([...space.values.keys(), ...space.spaces.keys()])];
  const rows = names.flatMap((name) => {
    const inner = space.spaces.get(name);
    const [first = '', ...rest] = inner === undefined ? [] : renderValues(inner);
    const value = space.values.get(name);
    const parts = [value, inner === undefined ? undefined : [first, ...rest].join('\n')].filter(
      (part) => part !== undefined,
    );
    return `  readonly ${name}: ${parts.join(' & ')};`
      .split('\n')
      .map((line, index) => (index === 0 ? line : `  ${line}`));
  });
  return ['{', ...rows, '}'];
}
