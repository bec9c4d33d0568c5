import { create, evaluateDependencies, addDependencies, matrixDependencies, inv, matrix } from 'mathjs';

export async function use() {
  const m = create({ evaluateDependencies, addDependencies, matrixDependencies });
  return [
    m.evaluate('2 + 3 * 4'),
    inv(
      matrix([
        [2, 0],
        [0, 4],
      ]),
    ).toArray(),
  ];
}
