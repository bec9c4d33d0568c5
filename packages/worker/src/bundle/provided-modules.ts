import { PROVIDED_PACKAGES } from './contract.ts';

const TEMPORAL_SUBPATH = /^@temporalio\/(workflow|common)(?:\/lib(?:\/[\w./-]+)?)?$/;
const OWN_SUBPATH = /^@reprise\/(workflow|common)\/lib(?:\/[\w./-]+)?$/;
/** Subpaths with more than the package itself gives: for code outside of the sandbox, or without a state to share. */
const FILE_SUBPATH = /\/lib\/(?:internal-non-workflow|protobufs|proto-utils|reserved\b)/;

/**
 * The name under which the runtime provides a module, or undefined if it must be found as a file. Files of
 * `common/lib/...` and `workflow/lib/...`, which public code is known to import, are parts of the same instance.
 */
export function providedName(specifier: string, options: { mapTemporalScope: boolean }): string | undefined {
  if (specifier.startsWith('@swc/helpers/_/')) return `helper:${specifier.slice('@swc/helpers/_/'.length)}`;
  if (PROVIDED_PACKAGES.includes(specifier)) return specifier;
  if (FILE_SUBPATH.test(specifier)) return undefined;
  const own = OWN_SUBPATH.exec(specifier);
  if (own) return `@reprise/${own[1] ?? ''}`;
  const mapped = options.mapTemporalScope ? TEMPORAL_SUBPATH.exec(specifier) : null;
  return mapped ? `@reprise/${mapped[1] ?? ''}` : undefined;
}
