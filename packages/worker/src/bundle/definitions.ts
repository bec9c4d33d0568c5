/** Constants of a build, as webpack's `DefinePlugin` has them: code that stands for names that nothing declares. */

/** By name, such as `VERSION` or `process.env.REGION`: the expression in its place. */
export type Definitions = Readonly<Record<string, string>>;

/** What the plugin defines; undefined for any other plugin. Throws a TypeError for what is known only while webpack runs. */
export function definitionsOf(plugin: unknown): Definitions | undefined {
  if (typeof plugin !== 'object' || plugin === null || plugin.constructor.name !== 'DefinePlugin') return undefined;
  const { definitions } = plugin as { definitions?: unknown };
  return isPlain(definitions) ? Object.fromEntries(flattened(definitions, '')) : {};
}

/** Whether a text may have one of the names. */
export function mentions(definitions: Definitions, text: string): boolean {
  return Object.keys(definitions).some((name) => text.includes(name));
}

function flattened(values: Readonly<Record<string, unknown>>, prefix: string): [string, string][] {
  return Object.entries(values).flatMap(([key, value]) => {
    const name = prefix + key;
    if (isPlain(value)) return flattened(value, `${name}.`);
    return [[name, `(${codeOf(name, value)})`] satisfies [string, string]];
  });
}

/** Text is code there; everything else stands for itself. */
function codeOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new TypeError(
    `webpackConfigHook: DefinePlugin must define '${name}' by code, a number, a boolean or null: workflows are bundled without webpack`,
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
