import 'reflect-metadata';
import { instanceToPlain, plainToInstance, Transform, Type } from 'class-transformer';

class Line {
  amount = 0;
}
class Order {
  lines = [];
}
Transform(({ value }) => value * 2)(Line.prototype, 'amount');
Type(() => Line)(Order.prototype, 'lines');

export async function use() {
  const order = plainToInstance(Order, { lines: [{ amount: 2 }] });
  return [order.lines[0] instanceof Line, order.lines[0].amount, instanceToPlain(order)];
}
