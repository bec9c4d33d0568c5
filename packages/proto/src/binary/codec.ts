import type { MessageTypes } from '../generated/messages.ts';
import { messageSchema } from '../schema.ts';
import { BinaryReader } from './binary-reader.ts';
import { BinaryWriter } from './binary-writer.ts';
import { compileDecoder, type DecoderSlot } from './compile-decoder.ts';
import { compileEncoder, type EncoderSlot } from './compile-encoder.ts';
import { findBadField } from './find-bad-field.ts';

const encoders = new Map<string, EncoderSlot>();
const decoders = new Map<string, DecoderSlot>();
let spareWriter: BinaryWriter | undefined = new BinaryWriter();

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
  const writer = spareWriter ?? new BinaryWriter();
  spareWriter = undefined;
  try {
    writer.reset();
    encoderSlot(type).encode(message, writer, 0);
    return writer.finish();
  } catch (error) {
    throw findBadField(type, message, error);
  } finally {
    spareWriter = writer;
  }
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
  return decoderSlot(type).decode(new BinaryReader(bytes), bytes.byteLength, 0);
}

function encoderSlot(type: string): EncoderSlot {
  let slot = encoders.get(type);
  if (slot === undefined) {
    const schema = messageSchema(type);
    const created: EncoderSlot = {
      encode(message, writer, depth) {
        created.encode = compileEncoder(schema, encoderSlot);
        created.encode(message, writer, depth);
      },
    };
    slot = created;
    encoders.set(type, slot);
  }
  return slot;
}

function decoderSlot(type: string): DecoderSlot {
  let slot = decoders.get(type);
  if (slot === undefined) {
    const schema = messageSchema(type);
    const created: DecoderSlot = {
      decode(reader, end, depth, into) {
        created.decode = compileDecoder(schema, decoderSlot);
        return created.decode(reader, end, depth, into);
      },
    };
    slot = created;
    decoders.set(type, slot);
  }
  return slot;
}
