import { describe, expect, it } from 'vitest';
import { HeaderDecoder } from './header-decoder.ts';
import { HeaderEncoder, encodeOnce } from './header-encoder.ts';
import type { HeaderField } from './static-table.ts';

function decodeWith(decoder: HeaderDecoder, bytes: Uint8Array): HeaderField[] {
  const fields: HeaderField[] = [];
  decoder.decode(bytes, 0, bytes.length, { takeHeader: (name, value) => void fields.push([name, value]) });
  return fields;
}

const fromHex = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

describe('HeaderDecoder', () => {
  // RFC 7541, C.6: responses with Huffman codes in a table of 256 bytes, the first block saying so.
  it('remembers and forgets as the peer does', () => {
    const decoder = new HeaderDecoder();
    const date = 'Mon, 21 Oct 2013 20:13:21 GMT';
    const location = 'https://www.example.com';
    const first = `3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e
      919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3`;
    expect(decodeWith(decoder, fromHex(first))).toEqual([
      [':status', '302'],
      ['cache-control', 'private'],
      ['date', date],
      ['location', location],
    ]);
    expect(decodeWith(decoder, fromHex('4883 640e ffc1 c0bf'))).toEqual([
      [':status', '307'],
      ['cache-control', 'private'],
      ['date', date],
      ['location', location],
    ]);
    const third = `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2
      e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07`;
    expect(decodeWith(decoder, fromHex(third))).toEqual([
      [':status', '200'],
      ['cache-control', 'private'],
      ['date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
      ['location', location],
      ['content-encoding', 'gzip'],
      ['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
    ]);
  });

  it.each([
    ['an index of nothing', '80'],
    ['an index past the end of the table', 'ff20'],
    ['a string that is longer than the block', '4003 6162'],
    ['a missing value', '4001 61'],
    ['an integer without an end', 'ff ff ff ff ff ff ff'],
    ['an integer that is cut off', '7f'],
    ['a table larger than was allowed', '3fe1ff03'],
    ['a table that changes its size in the middle', '88 20'],
    ['a string that is not in its code', '4001 6184 ffff ffff'],
  ])('refuses %s', (_what, hex) => {
    expect(() => decodeWith(new HeaderDecoder(), fromHex(hex))).toThrow(/malformed headers/);
  });

  it('refuses a few bytes that stand for many', () => {
    const decoder = new HeaderDecoder();
    decodeWith(decoder, new HeaderEncoder().encode([['x', 'y'.repeat(2_000)]]));
    expect(() => decodeWith(decoder, Buffer.alloc(1_000, 0xbe))).toThrow(/too many headers/);
  });
});

/** Numbers that look random, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

describe('HeaderEncoder', () => {
  it('makes one byte of each field that it has sent before', () => {
    const encoder = new HeaderEncoder();
    const list = [
      [':method', 'POST'],
      [':path', '/service/Method'],
      ['authorization', 'Bearer key'],
    ] as const;
    const first = encoder.encode(list);
    const second = encoder.encode(list);
    expect(second).toHaveLength(3);
    expect(encoder.encode(list)).toBe(second);
    const decoder = new HeaderDecoder();
    expect(decodeWith(decoder, first)).toEqual(list);
    expect(decodeWith(decoder, second)).toEqual(list);
  });

  it.each([1, 2, 3, 4, 5, 6])('is understood whatever it sends and however the table changes (seed %i)', (seed) => {
    const next = numbers(seed);
    const [encoder, decoder] = [new HeaderEncoder(), new HeaderDecoder()];
    const lists = Array.from({ length: 20 }, () =>
      Array.from({ length: 1 + next(8) }, (): HeaderField => {
        const name = ['x-a', 'x-b', 'grpc-timeout', ':path', 'authorization'][next(5)] ?? '';
        return [name, 'v'.repeat(next(3) === 0 ? next(3_000) : next(20))];
      }),
    );
    for (let step = 0; step < 500; step++) {
      if (next(20) === 0) encoder.resize([0, 100, 1_000, 4_096, 65_536][next(5)] ?? 0);
      const list = lists[next(lists.length)] ?? [];
      expect(decodeWith(decoder, encoder.encode(list))).toEqual(list);
    }
  });

  it('writes fields that are not to be remembered', () => {
    const decoder = new HeaderDecoder();
    expect(decodeWith(decoder, encodeOnce(['grpc-timeout', '69999m']))).toEqual([['grpc-timeout', '69999m']]);
    expect(decodeWith(decoder, encodeOnce(['user-agent', 'x']))).toEqual([['user-agent', 'x']]);
    expect(() => encodeOnce(['x', 'y'.repeat(200)])).toThrow(/too long/);
    expect(() => decodeWith(decoder, Uint8Array.of(0xbe))).toThrow(/not known/);
  });
});
