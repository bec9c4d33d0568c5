/**
 * Run in a package's folder after tsc, which wrote the declarations: `node ../../tools/build-package/build-package.ts
 * [FILE ...]`. The files are those that run outside of the package's entry points.
 */
import { join, resolve } from 'node:path';
import { bundleEntries } from './bundle-entries.ts';
import { writeDeclarationTwins } from './declaration-twins.ts';

const standalone = process.argv.slice(2).map((file) => resolve(file));
await bundleEntries(process.cwd(), standalone);
writeDeclarationTwins(join(process.cwd(), 'dist'));
