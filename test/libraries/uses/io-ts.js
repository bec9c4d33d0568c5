import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

const Order = t.type({ id: t.string, count: t.number });

export async function use() {
  return [Order.is({ id: 'a', count: 1 }), isRight(Order.decode({ id: 1 })), Order.name];
}
