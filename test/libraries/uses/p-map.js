import pMap from 'p-map';

export async function use() {
  const seen = [];
  const doubled = await pMap(
    [1, 2, 3],
    async (n) => {
      seen.push(n);
      return n * 2;
    },
    { concurrency: 2 },
  );
  return [doubled, seen];
}
