/** The native parts of the bundler, loaded when the first module is bundled: a worker with a bundle of its own needs none. */
import { createRequire } from 'node:module';
import type * as Compiler from '@swc/core';
import type * as Resolver from 'oxc-resolver';

const require = createRequire(import.meta.url);
let loadedCompiler: typeof Compiler | undefined;
let loadedResolver: typeof Resolver | undefined;

export function compiler(): typeof Compiler {
  loadedCompiler ??= require('@swc/core') as typeof Compiler;
  return loadedCompiler;
}

export function resolver(): typeof Resolver {
  loadedResolver ??= require('oxc-resolver') as typeof Resolver;
  return loadedResolver;
}
