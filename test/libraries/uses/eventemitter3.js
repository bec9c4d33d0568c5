import { EventEmitter } from 'eventemitter3';

export async function use() {
  const e = new EventEmitter();
  const seen = [];
  e.on('x', (v) => seen.push(v));
  e.once('x', (v) => seen.push(-v));
  e.emit('x', 1);
  e.emit('x', 2);
  return [seen, e.listenerCount('x')];
}
