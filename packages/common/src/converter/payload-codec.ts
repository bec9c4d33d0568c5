import type { Payload } from '../payload-shape.ts';
import type { SerializationContext } from './payload-converter.ts';

/** Changes payloads on their way to and from the server, for example to encrypt or compress them. Never runs in workflows. */
export interface PayloadCodec {
  /** The payloads to send for these; a codec may change their number. */
  encode(payloads: Payload[]): Promise<Payload[]>;
  /** Undoes `encode`. */
  decode(payloads: Payload[]): Promise<Payload[]>;
  withContext?(context: SerializationContext): PayloadCodec;
}
