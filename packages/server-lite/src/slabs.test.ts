import { describe, expect, it } from 'vitest';
import { Slabs } from './slabs.ts';

describe('Slabs', () => {
  it('gives pieces that do not overlap', () => {
    const slabs = new Slabs();
    const pieces = Array.from({ length: 200 }, (_, index) => slabs.take(1 + ((index * 37) % 900)).fill(index));
    pieces.forEach((piece, index) => expect(new Set(piece)).toEqual(new Set([index & 255])));
  });

  it('lets a piece keep little else', () => {
    const slabs = new Slabs();
    expect(slabs.take(10).buffer.byteLength).toBeLessThanOrEqual(4096);
    expect(slabs.take(5000).buffer.byteLength).toBe(5000);
  });

  it('copies', () => {
    const source = new Uint8Array([1, 2, 3]);
    const copy = new Slabs().copy(source);
    source.fill(0);
    expect([...copy]).toEqual([1, 2, 3]);
  });

  it('gives an empty piece', () => {
    expect(new Slabs().take(0)).toHaveLength(0);
  });
});
