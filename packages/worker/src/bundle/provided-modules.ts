import { PROVIDED_FILES, PROVIDED_PACKAGES } from './contract.ts';
import { moduleMatches } from './forbidden-modules.ts';

const OWN = /^@reprise\/(?:workflow|common)(?:\/lib(?:\/[\w./-]+)?)?$/;
const TEMPORAL = /^@temporalio\/(?=(?:workflow|common)(?:\/lib(?:\/[\w./-]+)?)?$)/;
/** Subpaths with more than the package itself gives: for code outside of the sandbox, or without a state to share. */
const FILE_SUBPATH = /\/lib\/(?:internal-non-workflow|protobufs|proto-utils|reserved\b|converter\/protobuf-)/;

/**
 * The name under which the runtime provides a module, or undefined if it must be found as a file. Files of
 * `common/lib/...` and `workflow/lib/...`, which public code is known to import, are parts of the same instance: those
 * that have names of their own are modules, and each of the others stands for all that its package exports.
 */
export function providedName(specifier: string, options: { mapTemporalScope: boolean }): string | undefined {
  if (specifier.startsWith('@swc/helpers/_/')) return `helper:${specifier.slice('@swc/helpers/_/'.length)}`;
  if (FILE_SUBPATH.test(specifier)) return undefined;
  const own = options.mapTemporalScope ? specifier.replace(TEMPORAL, '@reprise/') : specifier;
  if (!OWN.test(own)) return undefined;
  const file = own.replace(/(?:\/index)?(?:\.js)?$/, '');
  return [...PROVIDED_FILES, ...PROVIDED_PACKAGES].find((name) => moduleMatches(file, [name]));
}

/**
 * The name under which isolates provide a module that is ours, installed under the other scope's name
 * (`"@temporalio/workflow": "npm:@reprise/workflow"`). Undefined for any other.
 */
export function aliasedName(specifier: string, packageName: string | undefined): string | undefined {
  const isAliased = specifier.startsWith('@temporalio/') && packageName?.startsWith('@reprise/') === true;
  return isAliased ? providedName(specifier, { mapTemporalScope: true }) : undefined;
}
