import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { isUtf8, PortableBuffer } from './host-buffer.ts';

const texts = ['', 'a', 'ab', 'abc', 'déjà vu', '日本語', '\u{1f600}!', '\ufeffbom'];

test.each(texts)('text and base64 of %j are those of Buffer', (text) => {
  const bytes = Buffer.from(text, 'utf8');
  const ours = PortableBuffer.fromParts(bytes);
  expect(ours.toString()).toBe(text);
  expect(ours.toString('base64')).toBe(bytes.toString('base64'));
  expect([...PortableBuffer.fromParts(bytes.toString('base64'), 'base64')]).toEqual([...bytes]);
  expect([...PortableBuffer.fromParts(bytes.toString('base64url'), 'base64')]).toEqual([...bytes]);
});

test('numbers and parts are read in place', () => {
  const host = Buffer.alloc(20);
  host.writeFloatLE(1.5, 2);
  host.writeDoubleLE(-2.25, 8);
  const view = PortableBuffer.fromParts(host.buffer, host.byteOffset, host.length);
  expect(view.readFloatLE(2)).toBe(1.5);
  expect(view.readDoubleLE(8)).toBe(-2.25);
  expect(view.write('é', 0)).toBe(2);
  expect(host.toString('utf8', 0, 2)).toBe('é');
  expect(view.toString('utf8', 0, 2)).toBe('é');
});

test('a copy is a copy', () => {
  const bytes = new Uint8Array([1, 2]);
  const copy = PortableBuffer.fromParts(bytes);
  bytes[0] = 9;
  expect([...copy]).toEqual([1, 2]);
});

test('bytes that are no text are told', () => {
  expect(isUtf8(Buffer.from('ü'))).toBe(true);
  expect(isUtf8(new Uint8Array([0xc3]))).toBe(false);
});
