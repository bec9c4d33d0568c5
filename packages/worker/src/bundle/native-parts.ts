/** The native parts of the bundler, loaded when the first module is bundled: a worker with a bundle of its own needs none. */
import type * as Compiler from '@swc/core';
import type * as Resolver from 'oxc-resolver';
import { late } from './late.ts';

export const compiler = late<typeof Compiler>('@swc/core');
export const resolver = late<typeof Resolver>('oxc-resolver');
