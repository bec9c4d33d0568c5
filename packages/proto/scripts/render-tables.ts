import type { Descriptors, FieldDescriptor } from './descriptors.ts';

const MARK = { implicit: '', explicit: '?', repeated: '*', packed: '+', map: '' } as const;

/**
 * One string for each message, read when the message is first used: `name number spec [oneof]` joined by `;`, where spec
 * is a mark for presence, `<key>` for a map, and a scalar name, `.N` (message N of the table) or `#N` (enum N).
 */
export function renderTables({ messages, enums, services }: Descriptors): string {
  const messageIndex = new Map(messages.map(({ name }, index) => [name, index]));
  const enumIndex = new Map(enums.map(({ name }, index) => [name, index]));
  const spec = (field: FieldDescriptor): string => {
    const key = field.mapKey === undefined ? '' : `<${field.mapKey}>`;
    if (field.kind === 'scalar') return MARK[field.presence] + key + field.type;
    const index = field.kind === 'message' ? messageIndex.get(field.type) : enumIndex.get(field.type);
    if (index === undefined) throw new Error(`${field.name} has type ${field.type}, which is left out`);
    return MARK[field.presence] + key + (field.kind === 'message' ? '.' : '#') + index;
  };
  const row = (field: FieldDescriptor): string =>
    [field.name, field.number, spec(field), ...(field.oneof === undefined ? [] : [field.oneof])].join(' ');
  return [
    'export const messageTable: Readonly<Record<string, string>> = {',
    ...messages.map(({ name, fields }) => `  '${name}': '${fields.map(row).join(';')}',`),
    '};',
    '',
    'export const enumTable: Readonly<Record<string, string>> = {',
    ...enums.map(({ name, values }) => `  '${name}': '${values.map(([value, n]) => `${value} ${n}`).join(';')}',`),
    '};',
    '',
    '/** `Name request response [stream]` joined by `;`. */',
    'export const serviceTable = {',
    ...services.map(
      ({ name, methods }) =>
        `  '${name}':\n    '${methods
          .map((m) => `${m.name} ${m.requestType} ${m.responseType}${m.responseStream ? ' stream' : ''}`)
          .join(';')}',`,
    ),
    '} as const;',
    '',
  ].join('\n');
}
