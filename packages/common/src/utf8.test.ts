import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeBase64, encodeBase64 } from './base64.ts';
import { decodeUtf8, decodeUtf8Portable, encodeUtf8Portable } from './utf8.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function hostDecode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

test('encoding agrees with the host', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(encodeUtf8Portable(text)).toEqual(new TextEncoder().encode(text));
    }),
  );
});

test('decoding agrees with the host, for text and for any bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(bytes, (input) => {
      expect(decodeUtf8Portable(input)).toBe(hostDecode(input));
      expect(decodeUtf8(input)).toBe(hostDecode(input));
    }),
    { numRuns: 1000 },
  );
});

test('a lone surrogate becomes the replacement character, a byte order mark stays', () => {
  expect(encodeUtf8Portable('a\uD800b')).toEqual(new TextEncoder().encode('a\uFFFDb'));
  expect(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('\uFEFFa');
});

test('base64 agrees with the host and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(encodeBase64(bytes)).toBe(text);
      expect(decodeBase64(text)).toEqual(bytes);
      expect(decodeBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes);
    }),
  );
  expect(() => decodeBase64('a*b')).toThrow('found character "*" at 1');
});
