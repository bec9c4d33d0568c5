import type { Filled } from './filled.ts';
import type { ObjectOptions } from './plain-object.ts';
import type { FieldReflection } from './field-reflection.ts';

/** A message type as a value. */
export interface MessageType<T> {
  /** `.temporal.api.common.v1.Payload` and the like. */
  readonly fullName: string;
  readonly fieldsArray: readonly FieldReflection[];
  /** A message with these fields. */
  create(fields?: T): Filled<T>;
  /** @throws TypeError that names the field when a value is of the wrong type */
  encode(message: T): { finish(): Uint8Array };
  /** The same, behind its length. */
  encodeDelimited(message: T): { finish(): Uint8Array };
  /**
   * @param length how many of the bytes are the message; all of them by default
   * @throws MalformedMessageError when the bytes are not such a message
   */
  decode(bytes: Uint8Array, length?: number): Filled<T>;
  /** The first message of bytes that hold one behind its length. */
  decodeDelimited(bytes: Uint8Array): Filled<T>;
  /** What is wrong with a value of the type, or null. */
  verify(message: object): string | null;
  /** A message of plain values: enums may be names, bytes base64, integers text. */
  fromObject(object: object): Filled<T>;
  /** The fields that are set, as plain values. */
  toObject(message: T, options?: ObjectOptions): { [field: string]: unknown };
  /** `type.googleapis.com/temporal.api.common.v1.Payload` and the like, or with another prefix. */
  getTypeUrl(prefix?: string): string;
}
