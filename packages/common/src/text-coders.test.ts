import { expect, test } from 'vitest';
import { TextDecoder, TextEncoder } from './text-coders.ts';

test('text becomes bytes and comes back', () => {
  const bytes = new TextEncoder().encode('Grüße 🙂');
  expect(new TextDecoder().decode(bytes)).toBe('Grüße 🙂');
  expect(new TextDecoder().decode(bytes.slice().buffer)).toBe('Grüße 🙂');
  expect(() => new TextDecoder().decode(new Uint8Array([0xff]))).toThrow(TypeError);
});

test('bytes are written up to the last character that fits', () => {
  const target = new Uint8Array(6);
  expect(new TextEncoder().encodeInto('aü🙂', target)).toEqual({ read: 2, written: 3 });
  expect(new TextEncoder().encodeInto('🙂é', target)).toEqual({ read: 3, written: 6 });
  expect([...target]).toEqual([0xf0, 0x9f, 0x99, 0x82, 0xc3, 0xa9]);
});
