import type { HeaderDecoder } from './header-decoder.ts';
import type { HeaderField } from './header-field.ts';

export const fromHex = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** The fields that a block gives. */
export function decoded(decoder: HeaderDecoder, block: Uint8Array): HeaderField[] {
  const fields: HeaderField[] = [];
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  decoder.decode(bytes, 0, bytes.length, { takeHeader: (field) => void fields.push(field) });
  return fields;
}
