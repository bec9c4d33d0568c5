import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { pipe } from 'fp-ts/lib/function.js';

export async function use() {
  return [
    pipe(
      O.some(2),
      O.map((x) => x * 2),
      O.getOrElse(() => 0),
    ),
    await pipe(
      TE.right(1),
      TE.chain((x) => (x > 0 ? TE.left('e') : TE.right(x))),
    )(),
  ];
}
