/**
 * Makes the namespaces of a protobufjs root reachable as properties, as the generated types say: `root.acme.v1.Order`.
 * Returns the same root. The root of this package, `import * as proto from '@reprise/proto'`, needs nothing and is
 * returned as it is.
 */
export function patchProtobufRoot<T extends object>(root: T): T {
  const nested: unknown = (root as { nested?: unknown }).nested;
  if (typeof nested !== 'object' || nested === null) return root;
  for (const [name, member] of Object.entries(nested)) {
    if (typeof member !== 'object' || member === null) continue;
    if (!(name in root)) Object.defineProperty(root, name, { value: member, enumerable: false, configurable: true });
    patchProtobufRoot(member);
  }
  return root;
}
