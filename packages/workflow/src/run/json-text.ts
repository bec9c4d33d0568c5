/** JSON for logs and sinks: never throws, and keeps what errors, big integers and bytes say. */
function replacer(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    // The wire form of a failure says again what the failure says.
    return {
      ...Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'failure')),
      name,
      message,
      stack,
      ...(cause === undefined ? {} : { cause }),
    };
  }
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  if (value instanceof Set) return [...(value as Set<unknown>)];
  return value;
}

export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value, replacer) ?? 'null';
  } catch (error) {
    return JSON.stringify([`[not serialisable: ${error instanceof Error ? error.message : 'unknown reason'}]`]);
  }
}
