import { match, P } from 'ts-pattern';

export async function use() {
  return [
    match({ t: 'a', n: 2 })
      .with({ t: 'a', n: P.number }, (x) => x.n + 1)
      .otherwise(() => 0),
    match('x')
      .with(P.union('x', 'y'), () => 1)
      .exhaustive(),
  ];
}
