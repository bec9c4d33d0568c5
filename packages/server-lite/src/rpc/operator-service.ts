import { addSearchAttributes } from './add-search-attributes.ts';
import { listClusters } from './list-clusters.ts';
import { listSearchAttributes } from './list-search-attributes.ts';
import { removeSearchAttributes } from './remove-search-attributes.ts';
import type { OperatorHandlers } from './rpc.ts';

export const operatorHandlers: OperatorHandlers = {
  addSearchAttributes,
  listClusters,
  listSearchAttributes,
  removeSearchAttributes,
};
