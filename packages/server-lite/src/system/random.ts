import { randomBytes } from 'node:crypto';

/** The server's one source of chance, so that a run of it can be repeated from its seed. */
export interface Random {
  /** A version 4 UUID. */
  uuid(): string;
  /** From 0 up to, not including, 1. */
  fraction(): number;
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function formatUuid(bytes: Uint8Array, offset: number): string {
  let text = '';
  for (let index = 0; index < 16; index++) {
    let byte = bytes[offset + index] ?? 0;
    if (index === 6) byte = (byte & 0x0f) | 0x40;
    else if (index === 8) byte = (byte & 0x3f) | 0x80;
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += hexOfByte[byte];
  }
  return text;
}

/** Unpredictable: ids that nobody guesses. Bytes are fetched a pool at a time. */
export function systemRandom(): Random {
  const poolBytes = 4096;
  let pool: Uint8Array = randomBytes(poolBytes);
  let used = 0;
  return {
    uuid() {
      if (used + 16 > poolBytes) {
        pool = randomBytes(poolBytes);
        used = 0;
      }
      used += 16;
      return formatUuid(pool, used - 16);
    },
    fraction: Math.random,
  };
}

/** The same ids for the same seed (xoshiro128**, seeded by splitmix32). */
export function seededRandom(seed: number): Random {
  let mix = seed >>> 0;
  const split = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let value = mix;
    value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
    value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
    return (value ^ (value >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [split(), split(), split(), split()];
  const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const bytes = new Uint8Array(16);
  return {
    uuid() {
      for (let index = 0; index < 16; index += 4) {
        const word = next();
        for (let byte = 0; byte < 4; byte++) bytes[index + byte] = (word >>> (8 * byte)) & 0xff;
      }
      return formatUuid(bytes, 0);
    },
    fraction: () => next() / 2 ** 32,
  };
}
