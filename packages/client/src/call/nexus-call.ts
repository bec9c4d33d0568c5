/** What a handler of a Nexus operation adds to the calls that it makes, so that the server can tie both together. */
import type { temporal } from '@reprise/proto';

type Callback = temporal.api.common.v1.Callback;
type Link = temporal.api.common.v1.Link;

/**
 * Among the options of a call: what the Nexus operation that the call is made for adds to it. For `@reprise/nexus`.
 *
 * A symbol, so that it stays out of the options that users see.
 */
export const nexusCall: unique symbol = Symbol.for('reprise.nexusCall');

/** What the answer to such a call says beside its result. */
export interface NexusCallAnswer {
  /** Where what was asked for can be found. */
  readonly link?: Link | null | undefined;
  /** An update that was complete by the time of the answer. */
  readonly isComplete?: boolean;
}

/** What belongs to the Nexus operation that a call is made for. */
export interface NexusCall {
  /** Makes the call the same as an earlier one with the same id. */
  readonly requestId?: string;
  /** Whom the server tells when what was started has ended. */
  readonly completionCallbacks?: Callback[];
  /** Where the operation was asked for. */
  readonly links?: Link[];
  /** Leave all of it with what runs already, where the call is content with that. */
  readonly attachesToRunning?: boolean;
  /** Called with what the server answers. */
  onAnswer(answer: NexusCallAnswer): void;
}

/** Options that may hold a `NexusCall`. */
export interface WithNexusCall {
  readonly [nexusCall]?: NexusCall;
}

/** The fields of a request that starts something. */
export function startFieldsOf(call: NexusCall | undefined) {
  if (call === undefined) return {};
  const { requestId, completionCallbacks, links, attachesToRunning } = call;
  return {
    ...(requestId !== undefined && { requestId }),
    ...(completionCallbacks !== undefined && { completionCallbacks }),
    ...(links !== undefined && { links }),
    ...(attachesToRunning === true && {
      onConflictOptions: { attachLinks: true, attachCompletionCallbacks: true, attachRequestId: true },
    }),
  };
}

/** The fields of an update. */
export function updateFieldsOf(call: NexusCall | undefined) {
  const { onConflictOptions: _, ...fields } = startFieldsOf(call);
  return fields;
}

/** The fields of a request about what runs already. */
export function linkFieldsOf(call: NexusCall | undefined) {
  return call?.links === undefined ? {} : { links: call.links };
}
