import { expect, test } from 'vitest';

import { decodeBase64, encodeBase64 } from './base64.ts';
import { RandomValues } from './random-values.suite.ts';
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
  const random = new RandomValues(1);
  for (let i = 0; i < 500; i++) {
    const text = random.text();
    expect(encodeUtf8Portable(text)).toEqual(new TextEncoder().encode(text));
  }
});

test('decoding agrees with the host, for text, for text with a wrong byte, and for any bytes', () => {
  const random = new RandomValues(2);
  for (let i = 0; i < 2_000; i++) {
    const bytes = i % 2 === 0 ? random.bytes(6) : new TextEncoder().encode(random.text());
    if (i % 4 === 3) bytes[random.below(bytes.length)] = random.below(256);
    expect(decodeUtf8Portable(bytes)).toBe(hostDecode(bytes));
    expect(decodeUtf8(bytes)).toBe(hostDecode(bytes));
  }
});

test('long text is decoded in one piece', () => {
  const text = 'ä😀b'.repeat(10_000);
  expect(decodeUtf8Portable(encodeUtf8Portable(text))).toBe(text);
});

test('a lone surrogate becomes the replacement character, a byte order mark stays', () => {
  expect(encodeUtf8Portable('a\uD800b')).toEqual(new TextEncoder().encode('a\uFFFDb'));
  expect(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('\uFEFFa');
});

test('base64 agrees with the host and comes back', () => {
  const random = new RandomValues(3);
  for (let i = 0; i < 300; i++) {
    const bytes = random.bytes(20);
    const text = Buffer.from(bytes).toString('base64');
    expect(encodeBase64(bytes)).toBe(text);
    expect(decodeBase64(text)).toEqual(bytes);
    expect(decodeBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes);
  }
  expect(() => decodeBase64('a*b')).toThrow('found character "*" at 1');
});
