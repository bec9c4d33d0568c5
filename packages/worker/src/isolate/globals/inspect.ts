/** Values as text for logs and messages. Reads getters of nobody: an object's own accessors are shown, not called. */
const MAX_DEPTH = 3;
const MAX_ITEMS = 100;

export function inspect(value: unknown, depth = 0, above: readonly object[] = []): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return `[Function ${value.name === '' ? '(anonymous)' : value.name}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (above.includes(value)) return '[Circular]';
  if (value instanceof Error) return errorText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  const inside = (item: unknown): string => inspect(item, depth + 1, [...above, value]);
  if (depth > MAX_DEPTH) return Array.isArray(value) ? '[Array]' : `[${nameOf(value)}]`;
  if (Array.isArray(value)) return bracketed('[', value.slice(0, MAX_ITEMS).map(inside), ']', value.length);
  if (value instanceof Map) {
    return bracketed(
      `Map(${value.size}) {`,
      [...value].slice(0, MAX_ITEMS).map(([k, v]) => `${inside(k)} => ${inside(v)}`),
      '}',
      value.size,
    );
  }
  if (value instanceof Set)
    return bracketed(`Set(${value.size}) {`, [...value].slice(0, MAX_ITEMS).map(inside), '}', value.size);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const view = value as Uint8Array;
    return bracketed(
      `${nameOf(value)}(${view.length}) [`,
      Array.from(view.subarray(0, MAX_ITEMS), String),
      ']',
      view.length,
    );
  }
  return objectText(value, inside);
}

/** The arguments of a console call as one line; `%s %d %i %f %j %o %O %%` in the first are filled. */
export function format(args: readonly unknown[]): string {
  const rest = [...args];
  let head = '';
  if (typeof rest[0] === 'string' && rest.length > 1) {
    const template = rest.shift() as string;
    head = template.replace(/%[sdifjoO%]/g, (mark) => {
      if (mark === '%%') return '%';
      return rest.length === 0 ? mark : formatted(mark, rest.shift());
    });
    if (rest.length > 0) head += ' ';
  }
  return head + rest.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
}

function formatted(mark: string, value: unknown): string {
  if (mark === '%s') return typeof value === 'object' ? inspect(value, MAX_DEPTH) : String(value);
  if (mark === '%d') return typeof value === 'bigint' ? `${value}n` : String(Number(value));
  if (mark === '%i') return String(Number.parseInt(String(value), 10));
  if (mark === '%f') return String(Number.parseFloat(String(value)));
  if (mark !== '%j') return inspect(value);
  try {
    return String(JSON.stringify(value));
  } catch {
    return '[Circular]';
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (mark) => `\\${mark}`).replaceAll('\n', '\\n')}'`;
}

function errorText(error: Error): string {
  const stack: unknown = error.stack;
  return typeof stack === 'string' && stack !== '' ? stack : `[${String(error)}]`;
}

function nameOf(value: object): string {
  const constructor: unknown = Object.getPrototypeOf(value) === null ? undefined : value.constructor;
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'Object';
}

function objectText(value: object, inside: (item: unknown) => string): string {
  const prefix =
    Object.getPrototypeOf(value) === null
      ? '[Object: null prototype] '
      : nameOf(value) === 'Object'
        ? ''
        : `${nameOf(value)} `;
  const entries = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(
    ([, { enumerable }]) => enumerable === true,
  );
  const parts = entries.slice(0, MAX_ITEMS).map(([key, descriptor]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
    return `${name}: ${'value' in descriptor ? inside(descriptor.value) : '[Getter]'}`;
  });
  return bracketed(`${prefix}{`, parts, '}', entries.length);
}

function bracketed(open: string, parts: string[], close: string, total: number): string {
  if (total === 0) return `${open}${close}`;
  const more = total > parts.length ? `, ... ${total - parts.length} more` : '';
  return `${open} ${parts.join(', ')}${more} ${close}`;
}
