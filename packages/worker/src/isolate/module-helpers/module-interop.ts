/** How compiled imports read what CommonJS modules export. */
type Exports = Record<string, unknown>;

const isModule = (exported: unknown): boolean =>
  (typeof exported === 'object' || typeof exported === 'function') &&
  exported !== null &&
  Reflect.get(exported, '__esModule') === true;

/** `import x from 'y'`. */
export function defaultImport(exported: unknown): unknown {
  return isModule(exported) ? exported : { default: exported };
}

const namespaces = new WeakMap<object, object>();

/**
 * `import * as x from 'y'`: the same namespace each time, its members read when they are used. It cannot be changed, as none
 * can: that of a builtin is the same in all runs.
 */
export function namespaceImport(exported: unknown): unknown {
  if (isModule(exported)) return exported;
  if ((typeof exported !== 'object' && typeof exported !== 'function') || exported === null)
    return { default: exported };
  const known = namespaces.get(exported);
  if (known !== undefined) return known;
  const namespace: object = Object.create(null) as object;
  namespaces.set(exported, namespace);
  reExport(exported, namespace);
  Object.defineProperty(namespace, 'default', { value: exported, enumerable: true });
  return Object.freeze(namespace);
}

/** `export * from 'y'`. Gives what was exported, for `export * as`. */
export function exportStar(from: object, to: object): object {
  reExport(from, to);
  return from;
}

/** The getters of ES modules, which know nothing of `this`, are passed on as they are. */
function reExport(from: object, to: object): void {
  const passesOn = isModule(from);
  for (const key of Object.keys(from)) {
    if (key === 'default' || Object.hasOwn(to, key)) continue;
    const own = passesOn ? Object.getOwnPropertyDescriptor(from, key)?.get : undefined;
    const get = own ?? Object.freeze(() => (from as Exports)[key]);
    Object.defineProperty(to, key, { enumerable: true, get });
  }
}
