import { decodeBytes, encodeBytes } from './binary/codec.ts';
import type { MessageTypes } from './generated/messages.ts';

/**
 * Encodes a message to protobuf.
 *
 * @param type full name, such as `temporal.api.history.v1.History`
 * @throws TypeError that names the field when a value is of the wrong type
 * @example encodeMessage('temporal.api.common.v1.WorkflowType', { name: 'order' })
 */
export function encodeMessage<Name extends keyof MessageTypes>(type: Name, message: MessageTypes[Name]): Uint8Array;
export function encodeMessage(type: string, message: object): Uint8Array;
export function encodeMessage(type: string, message: object): Uint8Array {
  return encodeBytes(type, message);
}

/**
 * Decodes a message. Absent fields are absent properties; bytes are views into the input.
 *
 * @param type full name, such as `temporal.api.history.v1.History`
 * @throws MalformedMessageError when the bytes are not such a message
 */
export function decodeMessage<Name extends keyof MessageTypes>(type: Name, bytes: Uint8Array): MessageTypes[Name];
export function decodeMessage(type: string, bytes: Uint8Array): object;
export function decodeMessage(type: string, bytes: Uint8Array): object {
  return decodeBytes(type, bytes);
}
