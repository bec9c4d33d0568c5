/**
 * The generator that all workers of the field seed alike, so that histories recorded elsewhere replay here: Alea by
 * Johannes Baagøe, over bytes.
 */
export type RandomSource = () => number;

function makeMash(): (data: readonly number[]) => number {
  let n = 0xefc8249d;
  return (data) => {
    for (const byte of data) {
      n += byte;
      let h = 0.02519603282416938 * n;
      n = h >>> 0;
      h -= n;
      h *= n;
      n = h >>> 0;
      h -= n;
      n += h * 0x1_0000_0000;
    }
    return (n >>> 0) * 2.3283064365386963e-10;
  };
}

/** Numbers in [0, 1) from a seed of bytes. */
export function alea(seed: readonly number[]): RandomSource {
  const mash = makeMash();
  const states = [mash([32]), mash([32]), mash([32])].map((start) => {
    const value = start - mash(seed);
    return value < 0 ? value + 1 : value;
  });
  let [s0 = 0, s1 = 0, s2 = 0] = states;
  let carry = 1;
  return () => {
    const t = 2091639 * s0 + carry * 2.3283064365386963e-10;
    s0 = s1;
    s1 = s2;
    carry = t | 0;
    s2 = t - carry;
    return s2;
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes from a source: four to a draw, the most significant first. */
export function fillRandom(source: RandomSource, bytes: Uint8Array): Uint8Array {
  for (let i = 0; i < bytes.length; i += 4) {
    const word = (source() * 0x1_0000_0000) >>> 0;
    for (let k = 0; k < 4 && i + k < bytes.length; k++) bytes[i + k] = (word >>> (24 - 8 * k)) & 0xff;
  }
  return bytes;
}

/** A version 4 UUID out of four draws. */
export function uuidFrom(source: RandomSource): string {
  const bytes = fillRandom(source, new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[bytes[i] ?? 0] ?? '';
  }
  return text;
}
