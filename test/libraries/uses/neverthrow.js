import { ok, err, ResultAsync } from 'neverthrow';

export async function use() {
  return [
    ok(1)
      .map((x) => x + 1)
      .unwrapOr(0),
    err('e').unwrapOr(3),
    await ResultAsync.fromPromise(Promise.reject(new Error('x')), (e) => e.message).match(
      (v) => v,
      (e) => 'err ' + e,
    ),
  ];
}
