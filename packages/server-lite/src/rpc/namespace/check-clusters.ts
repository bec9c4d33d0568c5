import { invalidArgument } from '../../errors.ts';

/** This server is a cluster of its own. @throws ServiceError INVALID_ARGUMENT when another one is named */
export function checkClusters(names: readonly (string | null | undefined)[]): void {
  const unknown = names.find((name) => typeof name === 'string' && name !== 'active');
  if (unknown !== undefined) throw invalidArgument(unknown ? `Invalid cluster name: ${unknown}` : '');
}
