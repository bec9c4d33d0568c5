/** Histories and payloads in proto3 JSON. The only code of this package that loads the codec of the wire. */
import type { temporal } from '@reprise/proto';
import { fromJson, toJson } from '@reprise/proto/json';

export type History = temporal.api.history.v1.History;
export type Payload = temporal.api.common.v1.Payload;

/** A payload in proto3 JSON: bytes are base64. */
export interface JSONPayload {
  metadata?: Record<string, string> | null;
  data?: string | null;
}

/**
 * The history of its JSON, as the UI and the CLI export it. Enum values may have their older names; fields that this
 * version of the API no longer has, or does not have yet, are passed over. Bytes are of `Buffer`.
 *
 * @throws JsonMessageError when it is not the JSON of a history
 */
export function historyFromJSON(history: unknown): History {
  return fromJson('temporal.api.history.v1.History', history as never, {
    unknownFields: 'ignore',
    asBuffers: true,
  });
}

/** The proto3 JSON of a history, as text. */
export function historyToJSON(history: History): string {
  return JSON.stringify(toJson('temporal.api.history.v1.History', history), undefined, 2);
}

/** The proto3 JSON of a payload. */
export function payloadToJSON(payload: Payload): JSONPayload {
  return toJson('temporal.api.common.v1.Payload', payload) as JSONPayload;
}

/** The payload of its proto3 JSON, with bytes of `Buffer`. */
export function JSONToPayload(json: JSONPayload): Payload {
  return fromJson('temporal.api.common.v1.Payload', json as never, { asBuffers: true });
}
