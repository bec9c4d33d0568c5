import semver from 'semver';

export async function use() {
  return [
    semver.satisfies('1.2.3', '^1.0.0'),
    semver.inc('1.2.3', 'minor'),
    semver.sort(['2.0.0', '1.0.0']),
    semver.valid('x'),
  ];
}
