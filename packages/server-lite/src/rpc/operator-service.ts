import { createNexusEndpoint } from './create-nexus-endpoint.ts';
import { getNexusEndpoint } from './get-nexus-endpoint.ts';
import { updateNexusEndpoint } from './update-nexus-endpoint.ts';
import { deleteNexusEndpoint } from './delete-nexus-endpoint.ts';
import { listNexusEndpoints } from './list-nexus-endpoints.ts';
import { addSearchAttributes } from './add-search-attributes.ts';
import { listClusters } from './list-clusters.ts';
import { listSearchAttributes } from './list-search-attributes.ts';
import { removeSearchAttributes } from './remove-search-attributes.ts';
import type { OperatorHandlers } from './rpc.ts';

export const operatorHandlers: OperatorHandlers = {
  createNexusEndpoint,
  getNexusEndpoint,
  updateNexusEndpoint,
  deleteNexusEndpoint,
  listNexusEndpoints,
  addSearchAttributes,
  listClusters,
  listSearchAttributes,
  removeSearchAttributes,
};
