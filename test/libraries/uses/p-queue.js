import PQueue from 'p-queue';

export async function use() {
  const q = new PQueue({ concurrency: 2 });
  const out = [];
  await Promise.all(
    [1, 2, 3].map((n) =>
      q.add(async () => {
        await null;
        out.push(n);
        return n;
      }),
    ),
  );
  await q.onIdle();
  return [out, q.size];
}
