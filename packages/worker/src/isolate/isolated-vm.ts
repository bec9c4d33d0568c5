/** isolated-vm, loaded with the first isolate: the main process of a worker has none. */
import type ivm from 'isolated-vm';
import { late } from '../bundle/late.ts';

export const isolatedVm = late<typeof ivm>('isolated-vm');
