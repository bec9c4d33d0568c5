/** Just enough of the wire's encoding to write descriptors, which no table describes. */
const encoder = new TextEncoder();

/** A field of a message: absent values and empty texts are not written. */
export function field(number: number, value: string | number | boolean | Uint8Array | undefined): Uint8Array {
  if (value === undefined || value === '' || value === false) return new Uint8Array();
  if (typeof value === 'number' || value === true) return bytesOf(varint(number << 3), varint(Number(value)));
  const content = typeof value === 'string' ? encoder.encode(value) : value;
  return bytesOf(varint((number << 3) | 2), varint(content.length), content);
}

export const message = (...fields: readonly Uint8Array[]): Uint8Array => bytesOf(...fields);

export const repeated = (number: number, values: readonly (string | Uint8Array)[]): Uint8Array =>
  bytesOf(...values.map((value) => field(number, value)));

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  // Negative numbers of enums are written as 64 bits.
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

function bytesOf(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
