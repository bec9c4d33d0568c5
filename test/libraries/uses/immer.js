import { produce, enableMapSet, setAutoFreeze, current, isDraft } from 'immer';

export async function use() {
  enableMapSet();
  const a = { l: [1, 2], m: new Map([['k', 1]]) };
  const b = produce(a, (d) => {
    d.l.push(3);
    d.m.set('x', 2);
  });
  setAutoFreeze(true);
  return [a.l.length, b.l, [...b.m], isDraft(b), typeof current];
}
