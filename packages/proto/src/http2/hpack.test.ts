import { describe, expect, test } from 'vitest';
import { encodeHeaderBlock } from './hpack-encoder.ts';
import { HpackDecoder } from './hpack-decoder.ts';
import { Http2ErrorCode } from './http2-error.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const decoder = (mostListBytes = 65_536): HpackDecoder => new HpackDecoder({ mostListBytes });
const pairs = (hpack: HpackDecoder, hex: string): string[] =>
  hpack.decode(bytes(hex)).fields.map(({ name, value }) => `${name}: ${value}`);

/** RFC 7541, appendix C.3 and C.4: the same three requests without and with the Huffman code. */
const requests = [
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
  [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
  [':method: GET', ':scheme: https', ':path: /index.html', ':authority: www.example.com', 'custom-key: custom-value'],
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
    const hpack = decoder();
    expect(blocks.map((block) => pairs(hpack, block))).toEqual(requests);
  });

  test('what is sent later pushes out what was sent first', () => {
    const hpack = decoder();
    // C.6, with the size of the table said in the first block.
    const first = '3fe1 01 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff';
    expect(pairs(hpack, `${first} 6e91 9d29 ad17 1863 c78f 0b97 c8e9 ae82 ae43 d3`)).toEqual([
      ':status: 302',
      'cache-control: private',
      'date: Mon, 21 Oct 2013 20:13:21 GMT',
      'location: https://www.example.com',
    ]);
    expect(pairs(hpack, '4883 640e ffc1 c0bf')).toEqual([
      ':status: 307',
      'cache-control: private',
      'date: Mon, 21 Oct 2013 20:13:21 GMT',
      'location: https://www.example.com',
    ]);
    expect(pairs(hpack, '88c1 61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 84a6 2d1b ff c0')).toEqual([
      ':status: 200',
      'cache-control: private',
      'date: Mon, 21 Oct 2013 20:13:22 GMT',
      'location: https://www.example.com',
    ]);
  });

  test('a field that is larger than the table empties it', () => {
    const hpack = decoder();
    expect(pairs(hpack, '4001 61 01 31')).toEqual(['a: 1']);
    const large = Buffer.concat([bytes('4001 62 7f 8120'), Buffer.alloc(127 + 1 + 32 * 128, 'x')]);
    expect(hpack.decode(large).fields).toHaveLength(1);
    expect(() => hpack.decode(bytes('be'))).toThrow('index');
  });
});

describe('the Huffman code', () => {
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
    const text = (padded.match(/.{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2));
    const block = Buffer.from([0x00, 0x01, 0x61, 0x80 | text.length, ...text]);
    expect(decoder().decode(block).fields[0]?.value).toBe(String.fromCharCode(byte));
  });

  test.each([
    ['padding of zeros', '0001 61 81 00'],
    ['padding of a whole byte', '0001 61 82 1fff'],
    ['an end mark', '0001 61 84 ffff ffff'],
  ])('%s is refused', (_name, block) => {
    expect(() => decoder().decode(bytes(block))).toThrow('Huffman');
  });
});

describe('blocks that are none', () => {
  test.each([
    ['an index of nothing', '80'],
    ['an index past the table', 'be'],
    ['a number without an end', 'ff ff ff'],
    ['a number that is too large', 'ff ffff ffff ffff 7f'],
    ['a text past the end', '0001 61 05 62'],
    ['a name past the end', '00'],
    ['a table that is too large', '3fe2 1f'],
    ['a size after a field', '82 20'],
  ])('%s', (_name, block) => {
    expect(() => decoder().decode(bytes(block))).toThrow(
      expect.objectContaining({ code: Http2ErrorCode.COMPRESSION_ERROR }) as Error,
    );
  });

  test('a list that is too large is read to its end, and not kept', () => {
    const hpack = decoder(100);
    const { fields, tooLarge } = hpack.decode(bytes('4001 61 01 31 be be be be 4001 62 01 32'));
    expect(tooLarge).toBe(true);
    expect(fields).toHaveLength(2);
    expect(pairs(hpack, 'be bf')).toEqual(['b: 2', 'a: 1']);
  });
});

test('what is encoded is decoded, and remembered by nobody', () => {
  const fields = [
    { name: ':status', value: '200' },
    { name: ':status', value: '415' },
    { name: 'content-type', value: 'application/grpc' },
    { name: 'grpc-status', value: '0' },
    { name: 'long', value: 'x'.repeat(20_000) },
    { name: 'empty', value: '' },
    { name: 'accept', value: '' },
  ];
  const hpack = decoder();
  expect(hpack.decode(encodeHeaderBlock(fields)).fields).toEqual(fields);
  expect(() => hpack.decode(bytes('be'))).toThrow('index');
});
