import { Effect, Option } from 'effect';

export async function use() {
  return [
    Effect.runSync(Effect.map(Effect.succeed(1), (x) => x + 1)),
    Option.getOrElse(Option.none(), () => 3),
    await Effect.runPromise(
      Effect.gen(function* () {
        const x = yield* Effect.succeed(2);
        return x * 2;
      }),
    ),
  ];
}
