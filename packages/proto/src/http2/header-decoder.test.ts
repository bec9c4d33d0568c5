import { describe, expect, test } from 'vitest';
import { decoded, fromHex } from './decoded.suite.ts';
import { HeaderDecoder } from './header-decoder.ts';
import { HeaderEncoder } from './header-encoder.ts';
import { Http2ErrorCode } from './http2-error.ts';

const newDecoder = (mostListBytes = 65_536): HeaderDecoder => new HeaderDecoder({ mostListBytes });

/** RFC 7541, appendix C.3 and C.4: the same three requests without and with the Huffman code. */
const requests = [
  [
    [':method', 'GET'],
    [':scheme', 'http'],
    [':path', '/'],
    [':authority', 'www.example.com'],
  ],
  [
    [':method', 'GET'],
    [':scheme', 'http'],
    [':path', '/'],
    [':authority', 'www.example.com'],
    ['cache-control', 'no-cache'],
  ],
  [
    [':method', 'GET'],
    [':scheme', 'https'],
    [':path', '/index.html'],
    [':authority', 'www.example.com'],
    ['custom-key', 'custom-value'],
  ],
];

describe('a connection of blocks', () => {
  test.each([
    [
      'plain',
      [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
    ],
    [
      'in the Huffman code',
      [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
    ],
  ])('%s', (_name, blocks) => {
    const decoder = newDecoder();
    expect(blocks.map((block) => decoded(decoder, fromHex(block)))).toEqual(requests);
  });

  // RFC 7541, C.6: responses with Huffman codes in a table of 256 bytes, the first block saying so.
  test('what is sent later pushes out what was sent first', () => {
    const decoder = newDecoder();
    const date = 'Mon, 21 Oct 2013 20:13:21 GMT';
    const location = 'https://www.example.com';
    const first = `3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e
      919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3`;
    expect(decoded(decoder, fromHex(first))).toEqual([
      [':status', '302'],
      ['cache-control', 'private'],
      ['date', date],
      ['location', location],
    ]);
    expect(decoded(decoder, fromHex('4883 640e ffc1 c0bf'))).toEqual([
      [':status', '307'],
      ['cache-control', 'private'],
      ['date', date],
      ['location', location],
    ]);
    const third = `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2
      e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07`;
    expect(decoded(decoder, fromHex(third))).toEqual([
      [':status', '200'],
      ['cache-control', 'private'],
      ['date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
      ['location', location],
      ['content-encoding', 'gzip'],
      ['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
    ]);
  });

  test('a field that is larger than the table empties it', () => {
    const decoder = newDecoder();
    expect(decoded(decoder, fromHex('4001 61 01 31'))).toEqual([['a', '1']]);
    const large = Buffer.concat([fromHex('4001 62 7f 8120'), Buffer.alloc(127 + 1 + 32 * 128, 'x')]);
    expect(decoded(decoder, large)).toHaveLength(1);
    expect(() => decoded(decoder, fromHex('be'))).toThrow('header field 62 is not known');
  });
});

test.each([
  ['an index of nothing', '80'],
  ['an index past the table', 'be'],
  ['a large index past the table', 'ff20'],
  ['a number without an end', 'ff ff ff'],
  ['a number that is cut off', '7f'],
  ['a number that is too large', 'ff ffff ffff ffff 7f'],
  ['a text past the end', '0001 61 05 62'],
  ['a name past the end', '4003 6162'],
  ['a missing name', '00'],
  ['a missing value', '4001 61'],
  ['a table that is too large', '3fe2 1f'],
  ['a size after a field', '82 20'],
  ['a text that is not in its code', '4001 6184 ffff ffff'],
])('refuses %s', (_name, block) => {
  expect(() => decoded(newDecoder(), fromHex(block))).toThrow(
    expect.objectContaining({
      errorCode: Http2ErrorCode.COMPRESSION_ERROR,
      message: expect.stringContaining('malformed headers were received') as string,
    }) as Error,
  );
});

describe('a list that is too large', () => {
  test('is read to its end, and given in part', () => {
    const decoder = newDecoder(100);
    const fields: unknown[] = [];
    const block = fromHex('4001 61 01 31 be be be be 4001 62 01 32');
    const isWhole = decoder.decode(block, 0, block.length, { takeHeader: (field) => void fields.push(field) });
    expect(isWhole).toBe(false);
    expect(fields).toHaveLength(2);
    expect(decoded(decoder, fromHex('be bf'))).toEqual([
      ['b', '2'],
      ['a', '1'],
    ]);
  });

  test('may have been few bytes', () => {
    const decoder = newDecoder(1024 * 1024);
    decoded(decoder, new HeaderEncoder().encode([['x', 'y'.repeat(2_000)]]));
    const block = Buffer.alloc(1_000, 0xbe);
    expect(decoder.decode(block, 0, block.length, { takeHeader() {} })).toBe(false);
  });
});
