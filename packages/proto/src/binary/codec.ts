import { messageSchema } from '../schema.ts';
import { BinaryReader } from './binary-reader.ts';
import { BinaryWriter } from './binary-writer.ts';
import { compileDecoder, type DecoderSlot } from './compile-decoder.ts';
import { compileEncoder, type EncoderSlot } from './compile-encoder.ts';
import { findBadField } from './find-bad-field.ts';

const encoders = new Map<string, EncoderSlot>();
const decoders = new Map<string, DecoderSlot>();
let spareWriter: BinaryWriter | undefined = new BinaryWriter();

/** Encodes a message of any type; `encodeMessage` is the same with types. */
export function encodeBytes(type: string, message: object): Uint8Array {
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

/** Decodes a message of any type; `decodeMessage` is the same with types. */
export function decodeBytes(type: string, bytes: Uint8Array): object {
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
