import pkg from '../lib/pkg.ts';

/** What names a worker whose options do not: the SDK with its version, and the hash of its workflow code if it has any. */
export function defaultBuildId(bundle: { readonly buildId: string } | undefined): string {
  const sdk = `${pkg.name}@${pkg.version}`;
  return bundle === undefined ? sdk : `${sdk}+${bundle.buildId}`;
}
