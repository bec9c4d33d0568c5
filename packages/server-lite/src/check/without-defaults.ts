/** A state without what the wire does not carry: zeros, empty texts and lists, in whatever depth. */
export function withoutDefaults(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64') || undefined;
  if (value instanceof Map) return withoutDefaults([...value]);
  if (value instanceof Set) return withoutDefaults([...value]);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value || undefined;
  const fields = Object.entries(value).map(([name, field]) => [name, withoutDefaults(field)] as const);
  const kept = fields.filter(([, field]) => field !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
