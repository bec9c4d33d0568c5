import { describe, expect, it } from 'vitest';
import { decodeHuffman } from './huffman.ts';

function decode(hex: string): string | undefined {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return decodeHuffman(bytes, 0, bytes.length);
}

// The examples of RFC 7541, appendix C.
const examples: readonly (readonly [text: string, hex: string])[] = [
  ['www.example.com', 'f1e3 c2e5 f23a 6ba0 ab90 f4ff'],
  ['no-cache', 'a8eb 1064 9cbf'],
  ['custom-key', '25a8 49e9 5ba9 7d7f'],
  ['custom-value', '25a8 49e9 5bb8 e8b4 bf'],
  ['302', '6402'],
  ['private', 'aec3 771a 4b'],
  ['Mon, 21 Oct 2013 20:13:21 GMT', 'd07a be94 1054 d444 a820 0595 040b 8166 e082 a62d 1bff'],
  ['https://www.example.com', '9d29 ad17 1863 c78f 0b97 c8e9 ae82 ae43 d3'],
  [
    'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
    '94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
  ],
];

describe('decodeHuffman', () => {
  it.each(examples)('decodes %j', (text, hex) => {
    expect(decode(hex)).toBe(text);
  });

  it('gives one character for each octet, for octets with the longest codes, too', () => {
    // Octets 0xff, 0x0a and 0x00: 26, 30 and 13 bits.
    const bits = `${(0x3ffffee).toString(2)}${(0x3ffffffc).toString(2)}${(0x1ff8).toString(2)}`;
    const hex = BigInt(`0b${bits.padEnd(Math.ceil(bits.length / 8) * 8, '1')}`).toString(16);
    expect(decode(hex)).toBe('\u00ff\n\0');
  });

  it.each([
    ['more than seven bits follow the last character', 'f1e3 c2e5 f23a 6ba0 ab90 f4ff ff'],
    ['what follows the last character are not ones', '00 00'.slice(0, 2)],
    ['the end of the string is written out', 'ffff ffff'],
  ])('refuses bytes when %s', (_what, hex) => {
    expect(decode(hex)).toBeUndefined();
  });
});
