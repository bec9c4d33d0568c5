const tables = new WeakMap<object, Map<number, string>>();

/**
 * The name of an enum value, or its number as text when the enum has no such value.
 *
 * @example enumName(EventType, 5) // 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED'
 */
export function enumName(values: Readonly<Record<string, number>>, value: number | null | undefined): string {
  let names = tables.get(values);
  if (names === undefined) {
    names = new Map(Object.entries(values).map(([name, number]) => [number, name]));
    tables.set(values, names);
  }
  return names.get(value ?? 0) ?? String(value);
}
