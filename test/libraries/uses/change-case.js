import { camelCase, snakeCase, capitalCase } from 'change-case';

export async function use() {
  return [camelCase('foo bar'), snakeCase('FooBar'), capitalCase('x y')];
}
