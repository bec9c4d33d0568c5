/** A value, or a function that makes it of what is there already. */
export type PluginParameter<T> = T | ((existing: T | undefined) => T);

/** What a parameter makes of what is there already; without a parameter, that stays. */
export function resolve<T>(
  existing: T | undefined,
  parameter: PluginParameter<T> | undefined,
  combine: (existing: T, own: T) => T = (_existing, own) => own,
): T | undefined {
  if (parameter === undefined) return existing;
  // A function is always a maker: no option of a plugin is itself a function.
  if (typeof parameter === 'function') return (parameter as (existing: T | undefined) => T)(existing);
  return existing === undefined ? parameter : combine(existing, parameter);
}

/** Both objects as one; lists under one name are laid end to end. */
export function joinLists<T extends object>(existing: T, own: T): T {
  const joined: Record<string, unknown> = { ...(existing as Record<string, unknown>) };
  for (const [name, value] of Object.entries(own)) {
    const before = joined[name];
    joined[name] =
      Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value;
  }
  return joined as T;
}

/** Both objects as one; the plugin's members win. */
export function merge<T extends object>(existing: T, own: T): T {
  return { ...existing, ...own };
}

/** The options with one of them set, or as they were when it has no value. */
export function withOption<O extends object, K extends keyof O>(options: O, name: K, value: O[K] | undefined): O {
  return value === undefined ? options : { ...options, [name]: value };
}
