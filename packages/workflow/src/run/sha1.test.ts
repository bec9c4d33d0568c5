import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { sha1Hex } from './sha1.ts';

test.each(['', 'abc', 'ünï©ødé', 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64), 'long '.repeat(500)])(
  'sha1Hex() agrees with the host: %#',
  (text) => expect(sha1Hex(text)).toBe(createHash('sha1').update(text).digest('hex')),
);
