import type { Payload } from '../payload-shape.ts';
import type { SerializationContext } from './serialization-context.ts';

/** Changes payloads on their way to and from the server, for example to encrypt or compress them. Never runs in workflows. */
export interface PayloadCodec {
  /**
   * The payloads to send for these; a codec may change their number.
   *
   * @param context whose payloads they are, when that is known
   */
  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]>;
  /** Undoes `encode`. */
  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]>;
}
