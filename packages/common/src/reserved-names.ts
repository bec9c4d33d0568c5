/** Names that belong to the SDK. */
export const RESERVED_PREFIX = '__temporal_';
export const STACK_TRACE_QUERY = '__stack_trace';
export const ENHANCED_STACK_TRACE_QUERY = '__enhanced_stack_trace';
export const METADATA_QUERY = '__temporal_workflow_metadata';

/** Names with the prefix that libraries of the field use for handlers of their own. */
const ALLOWED: ReadonlySet<string> = new Set([
  '__temporal_workflow_stream_publish',
  '__temporal_workflow_stream_poll',
  '__temporal_workflow_stream_offset',
]);

/** True for names that only the SDK answers to; interceptors do not see them. */
export function isInternalName(name: string): boolean {
  return name.startsWith(RESERVED_PREFIX) || name === STACK_TRACE_QUERY || name === ENHANCED_STACK_TRACE_QUERY;
}

/** Throws TypeError for a name that users may not give. `what` is `signal`, `query`, `activity` and the like. */
export function refuseReservedName(what: string, name: string): void {
  if (ALLOWED.has(name)) return;
  if (name.startsWith(RESERVED_PREFIX)) {
    throw new TypeError(`Cannot use ${what} name: '${name}', with reserved prefix: '${RESERVED_PREFIX}'`);
  }
  if (name === STACK_TRACE_QUERY || name === ENHANCED_STACK_TRACE_QUERY) {
    throw new TypeError(`Cannot use ${what} name: '${name}', which is a reserved name`);
  }
}

/** Throws TypeError when a reserved name would go to the default handler of workflow code. */
export function refuseReservedForDefault(what: string, name: string): void {
  if (name.startsWith(RESERVED_PREFIX)) {
    throw new TypeError(`Cannot use ${what} name: '${name}', with reserved prefix: '${RESERVED_PREFIX}'`);
  }
}
