import { expect, test } from 'vitest';
import { CountFeeds } from './count-feed.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('a count is told at once, and then whenever it has changed', async () => {
  let count = 1;
  const feeds = new CountFeeds();
  const feed = feeds.feed(() => count);
  const heard: string[] = [];
  const first = feed.subscribe((value) => heard.push(`first ${value}`));
  feed['@@observable']().subscribe({ next: (value) => heard.push(`second ${value}`) });
  feeds.check();
  await nextTurn();
  count = 2;
  feeds.check();
  feeds.check();
  await nextTurn();
  first.unsubscribe();
  count = 3;
  feeds.check();
  await nextTurn();
  expect(heard).toEqual(['first 1', 'second 1', 'first 2', 'second 2', 'second 3']);
  expect(first.closed).toBe(true);
});
