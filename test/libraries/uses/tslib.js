import * as tslib from 'tslib';

export async function use() {
  const g = tslib.__generator;
  const steps = [];
  const it = g(undefined, (s) => {
    switch (s.label) {
      case 0:
        return [4, 1];
      case 1:
        s.sent();
        return [4, 2];
      case 2:
        s.sent();
        return [2, 3];
    }
  });
  for (const x of { [Symbol.iterator]: () => it }) steps.push(x);
  function A() {}
  tslib.__extends(A, Error);
  return [
    steps,
    tslib.__rest({ a: 1, b: 2 }, ['a']),
    await tslib.__awaiter(undefined, [], undefined, function* () {
      return (yield Promise.resolve(2)) + 1;
    }),
    new A() instanceof Error,
    tslib.__spreadArray([1], [2]),
  ];
}
