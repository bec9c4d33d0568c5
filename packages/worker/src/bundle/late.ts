import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Gives a package that is loaded at the first call: not every process needs it, and loading takes time. */
export function late<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => (loaded ??= require(name) as Package);
}
