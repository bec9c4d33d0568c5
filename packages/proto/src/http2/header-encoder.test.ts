import { expect, test } from 'vitest';
import { decoded } from './decoded.suite.ts';
import { encodeHeaderBlock } from './encode-header-block.ts';
import { HeaderDecoder } from './header-decoder.ts';
import { HeaderEncoder } from './header-encoder.ts';
import type { HeaderField } from './header-field.ts';

const newDecoder = (): HeaderDecoder => new HeaderDecoder({ mostListBytes: 65_536 });

/** Numbers that look random, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

test('makes one byte of each field that it has sent before', () => {
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
  const decoder = newDecoder();
  expect(decoded(decoder, first)).toEqual(list);
  expect(decoded(decoder, second)).toEqual(list);
});

test.each([1, 2, 3, 4, 5, 6])('is understood whatever it sends and however the table changes (seed %i)', (seed) => {
  const next = numbers(seed);
  const [encoder, decoder] = [new HeaderEncoder(), newDecoder()];
  const lists = Array.from({ length: 20 }, () =>
    Array.from({ length: 1 + next(8) }, (): HeaderField => {
      const name = ['x-a', 'x-b', 'grpc-timeout', ':path', 'authorization'][next(5)] ?? '';
      return [name, 'v'.repeat(next(3) === 0 ? next(3_000) : next(20))];
    }),
  );
  for (let step = 0; step < 500; step++) {
    if (next(20) === 0) encoder.resize([0, 100, 1_000, 4_096, 65_536][next(5)] ?? 0);
    const list = lists[next(lists.length)] ?? [];
    expect(decoded(decoder, encoder.encode(list))).toEqual(list);
  }
});

test('a block of its own is understood, and remembered by nobody', () => {
  const fields: HeaderField[] = [
    [':status', '200'],
    [':status', '415'],
    ['content-type', 'application/grpc'],
    ['grpc-status', '0'],
    ['grpc-timeout', '69999m'],
    ['user-agent', 'é\u00ff'],
    ['long', 'x'.repeat(20_000)],
    ['empty', ''],
    ['accept', ''],
    ...Array.from({ length: 50 }, (_, length): HeaderField => [`x-${length}`, '-'.repeat(length * 9)]),
  ];
  const decoder = newDecoder();
  expect(decoded(decoder, encodeHeaderBlock(fields))).toEqual(fields);
  expect(decoded(decoder, encodeHeaderBlock(fields.toReversed()))).toEqual(fields.toReversed());
  expect(() => decoded(decoder, Uint8Array.of(0xbe))).toThrow('not known');
});
