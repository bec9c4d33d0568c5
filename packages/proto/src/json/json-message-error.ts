/** JSON that is not the message it was said to be. `path` leads to the culprit. */
export class JsonMessageError extends Error {
  override readonly name = 'JsonMessageError';
  /** Such as `events[3].workflowTaskStartedEventAttributes.scheduledEventId`. */
  readonly path: string;

  constructor(path: string, problem: string) {
    super(path === '' ? problem : `${path}: ${problem}`);
    this.path = path;
  }
}

export function describeJson(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}...` : value}'`;
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return `${typeof value} ${value}`;
  return typeof value;
}
