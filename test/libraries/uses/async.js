import async from 'async';

export async function use() {
  return [
    await async.mapLimit([1, 2, 3], 2, async (x) => x * 2),
    await async.waterfall([async () => 1, async (x) => x + 1]),
  ];
}
