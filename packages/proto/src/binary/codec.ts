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

/** Decodes messages to objects of the constructors that `constructorOf` gives for their types. */
export function decoderToClasses(
  constructorOf: (type: string) => new () => object,
): (type: string, bytes: Uint8Array) => object {
  const slots = new Map<string, DecoderSlot>();
  const slotOf = (type: string): DecoderSlot =>
    slotIn(slots, type, () => compileDecoder(messageSchema(type), { slotOf, Message: constructorOf(type) }));
  return (type, bytes) => slotOf(type).decode(new BinaryReader(bytes, { asSource: true }), bytes.byteLength, 0);
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
  return slotIn(decoders, type, () => compileDecoder(messageSchema(type), { slotOf: decoderSlot }));
}

/** A slot that compiles at its first use. Throws TypeError when there is no such message. */
function slotIn(slots: Map<string, DecoderSlot>, type: string, compile: () => DecoderSlot['decode']): DecoderSlot {
  let slot = slots.get(type);
  if (slot === undefined) {
    messageSchema(type);
    const created: DecoderSlot = {
      decode(reader, end, depth, into) {
        created.decode = compile();
        return created.decode(reader, end, depth, into);
      },
    };
    slot = created;
    slots.set(type, slot);
  }
  return slot;
}
