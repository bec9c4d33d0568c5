/** Marks events as belonging together; see `createEventGroup`. */
export interface EventGroupMarker {
  readonly id: string;
  readonly label: string;
  /** Runs `fn`; everything that it asks for belongs to the group. */
  withScope<T>(fn: () => T): T;
}
