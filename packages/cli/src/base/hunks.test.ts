import { expect, test } from 'vitest';

import { hunkAt, parseHunks } from './hunks.ts';

const DIFF = `diff --git a/order.ts b/order.ts
--- a/order.ts
+++ b/order.ts
@@ -3 +3,2 @@ import
-a
+b
+c
@@ -14,3 +15,0 @@ export
-x
`;

test('hunks are read with their lines', () => {
  expect(parseHunks(DIFF)).toEqual([
    { header: '@@ -3 +3,2 @@', oldStart: 3, oldLines: 1, newStart: 3, newLines: 2 },
    { header: '@@ -14,3 +15,0 @@', oldStart: 14, oldLines: 3, newStart: 15, newLines: 0 },
  ]);
});

test.each([
  [4, 'new', '@@ -3 +3,2 @@'],
  [16, 'new', '@@ -14,3 +15,0 @@'],
  [15, 'old', '@@ -14,3 +15,0 @@'],
  [1, 'old', '@@ -3 +3,2 @@'],
] as const)('line %i of the %s text belongs to %s', (line, side, header) => {
  expect(hunkAt(parseHunks(DIFF), line, side)?.header).toBe(header);
});
