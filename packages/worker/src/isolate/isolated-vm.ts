/** isolated-vm, loaded with the first isolate: the main process of a worker has none. */
import { createRequire } from 'node:module';
import type ivm from 'isolated-vm';

type IsolatedVm = typeof ivm;

const require = createRequire(import.meta.url);
let loaded: IsolatedVm | undefined;

export function isolatedVm(): IsolatedVm {
  loaded ??= require('isolated-vm') as IsolatedVm;
  return loaded;
}
