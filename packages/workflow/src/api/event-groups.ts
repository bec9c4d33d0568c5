import { requireRun } from '../run/current-run.ts';
import { sha1Hex } from '../run/sha1.ts';
import { withGroups } from './event-group-scope.ts';
import type { EventGroupMarker } from './event-group-marker.ts';

/** Options of an event group. */
export interface EventGroupOptions {
  /** Names the group; the same id always means the same group. Default: made of the workflow and the label. */
  readonly id?: string;
}

/**
 * Makes a group: events that belong together for people who look at the history.
 *
 * @param label what the group is called
 * @throws IllegalStateError outside workflow code
 * @example
 * const checkout = createEventGroup('checkout');
 * await checkout.withScope(async () => { await reserve(); await charge(); });
 */
export function createEventGroup(label: string, options?: EventGroupOptions): EventGroupMarker {
  const run = requireRun('createEventGroup(...) may only be used from a Workflow Execution.');
  const id = options?.id ?? sha1Hex((run.facts?.originalExecutionRunId ?? run.creation.runId) + label);
  const marker: EventGroupMarker = { id, label, withScope: (fn) => withGroups([marker], fn) };
  return marker;
}
