import { invalidArgument } from '../errors.ts';

/** This server is a cluster of its own. @throws ServiceError INVALID_ARGUMENT when another one is named */
export function checkClusters(names: readonly (string | null | undefined)[]): void {
  if (names.includes('')) throw invalidArgument('');
  const unknown = names.find((name) => name && name !== 'active');
  if (unknown) throw invalidArgument(`Invalid cluster name: ${unknown}`);
}
