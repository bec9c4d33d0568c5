import { expect, test } from 'vitest';
import { fromHex } from './decoded.suite.ts';
import { decodeHuffman } from './huffman.ts';

const decode = (bytes: Buffer): string | undefined => decodeHuffman(bytes, 0, bytes.length);

// The examples of RFC 7541, appendix C.
test.each([
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
])('decodes %j', (text, hex) => {
  expect(decode(fromHex(hex))).toBe(text);
});

test('decodes the part that it is told to', () => {
  expect(decodeHuffman(fromHex('ffff 6402 ffff'), 2, 4)).toBe('302');
});

/** One byte of each length of code, at the ends of what has that length. */
test.each([
  [0x30, '00000'],
  [0x74, '01001'],
  [0x20, '010100'],
  [0x75, '101101'],
  [0x3a, '1011100'],
  [0x7a, '1111011'],
  [0x26, '11111000'],
  [0x58, '11111100'],
  [0x3f, '1111111100'],
  [0x7c, '11111111100'],
  [0x3e, '111111111011'],
  [0x00, '1111111111000'],
  [0x7d, '11111111111101'],
  [0x5c, '1111111111111110000'],
  [0xe0, '11111111111111101100'],
  [0x09, '111111111111111111101010'],
  [0x01, '11111111111111111011000'],
  [0xff, '11111111111111111111101110'],
  [0xf9, '1111111111111111111111111110'],
  [0x0a, '111111111111111111111111111100'],
  [0x16, '111111111111111111111111111110'],
])('byte %i', (byte, code) => {
  const padded = code.padEnd(Math.ceil(code.length / 8) * 8, '1');
  const bytes = (padded.match(/.{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2));
  expect(decode(Buffer.from(bytes))).toBe(String.fromCharCode(byte));
});

test.each([
  ['padding of zeros', '00'],
  ['padding of a whole byte', '1fff'],
  ['padding of a whole byte after many', 'f1e3 c2e5 f23a 6ba0 ab90 f4ff ff'],
  ['an end mark', 'ffff ffff'],
])('refuses %s', (_name, hex) => {
  expect(decode(fromHex(hex))).toBeUndefined();
});
