/**
 * The contract between a bundle and the runtime that it is linked to in the isolate: the shape of the linked script, the
 * names that the scope pass binds, the helpers and packages that are provided. A bundle of another version is refused.
 */
export const CONTRACT_VERSION = 2;

/** Changes whenever the same source would compile to something else; the cache on disk hangs on it. */
export const COMPILER_VERSION = 'swc-1.16.18+scope-4+scan-2';

/** Modules that are not bundled: the bundle is linked to the instance of the runtime. */
export const PROVIDED_PACKAGES: readonly string[] = ['@reprise/workflow', '@reprise/common'];

/** Files of `common` that have more than the package exports, and are provided as modules of their own. */
export const PROVIDED_FILES: readonly string[] = [
  '@reprise/common/lib/converter/payload-search-attributes',
  '@reprise/common/lib/encoding',
  '@reprise/common/lib/internal-workflow',
  '@reprise/common/lib/time',
  '@reprise/common/lib/type-helpers',
  '@reprise/common/lib/user-metadata',
];

/** File names in the stacks of the isolate. */
export const BUNDLE_FILENAME = 'workflow-bundle.js';
export const RUNTIME_FILENAME = 'reprise:runtime';

/** Which modules of a bundle the runtime asks for, by id. */
export interface BundleEntries {
  readonly workflows: number;
  readonly interceptors: readonly number[];
  readonly payloadConverter?: number;
  readonly failureConverter?: number;
}

/** First line of a bundle's script, as JSON inside a comment. */
export interface BundleHeader {
  readonly contractVersion: number;
  readonly buildId: string;
  readonly entries: BundleEntries;
}
