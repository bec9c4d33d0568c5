import { Mutex, Semaphore } from 'async-mutex';

export async function use() {
  const mutex = new Mutex();
  const order = [];
  const slow = mutex.runExclusive(async () => {
    await Promise.resolve();
    order.push('first');
  });
  await Promise.all([slow, mutex.runExclusive(() => order.push('second'))]);
  return [order, mutex.isLocked(), new Semaphore(2).getValue()];
}
