/**
 * Run in a package's folder after tsc, which wrote the declarations: `node ../../tools/build-package/build-package.ts
 * [FILE ...]`. The files are those that run outside of the package's entry points.
 */
import { join, resolve } from 'node:path';
import { bundleEntries } from './bundle-entries.ts';
import { writeDeclarationTwins } from './declaration-twins.ts';
import { declareDefault } from './default-of-itself.ts';

const standalone = process.argv.slice(2).map((file) => resolve(file));
const dist = join(process.cwd(), 'dist');
const ownDefaults = await bundleEntries(process.cwd(), standalone);
writeDeclarationTwins(dist);
for (const entry of ownDefaults) declareDefault(join(dist, `${entry}.d.ts`));
