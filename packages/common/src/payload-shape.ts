/**
 * The two shapes of a payload.
 *
 * `Payload` is the shape of the wire (temporal.api.common.v1.Payload) and of the public converter API.
 * `WallPayload` crosses the wall of the isolate inside JSON text: bytes that are valid UTF-8 travel as the text itself.
 */
export interface Payload {
  metadata?: Record<string, Uint8Array> | null | undefined;
  data?: Uint8Array | null | undefined;
  /** What the payload refers to, when its data is kept elsewhere. */
  externalPayloads?: { sizeBytes?: number | null | undefined }[] | null | undefined;
}

export interface WallPayload {
  /** Values as UTF-8 text, or base64 for the keys that `binaryKeys` names. */
  m?: Record<string, string>;
  /** Keys of `m` whose value is base64. */
  binaryKeys?: string[];
  /** The data as UTF-8 text, or base64 when `b` is set. Absent means empty. */
  d?: string;
  b?: true;
}
