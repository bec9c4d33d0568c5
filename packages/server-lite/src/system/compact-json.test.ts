import { expect, test } from 'vitest';
import { compactJson } from './compact-json.ts';

test.each([
  ['{ "a" : [ 1 , 2.0 ],\n "b":null }', '{"a":[1,2.0],"b":null}'],
  [String.raw`{"a b": "c  \" d"}`, String.raw`{"a b":"c  \" d"}`],
  ['"<&>"', String.raw`"\u003c\u0026\u003e"`],
  ['"\u2028"', String.raw`"\u2028"`],
])('%s', (given, compact) => {
  expect(compactJson(given)).toBe(compact);
  expect(JSON.parse(compact)).toEqual(JSON.parse(given));
});
