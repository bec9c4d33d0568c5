import { addOrUpdateRemoteCluster } from './add-or-update-remote-cluster.ts';
import { addSearchAttributes } from './add-search-attributes.ts';
import { createNexusEndpoint } from './create-nexus-endpoint.ts';
import { deleteNamespace } from './delete-namespace.ts';
import { deleteNexusEndpoint } from './delete-nexus-endpoint.ts';
import { getNexusEndpoint } from './get-nexus-endpoint.ts';
import { listClusters } from './list-clusters.ts';
import { listNexusEndpoints } from './list-nexus-endpoints.ts';
import { listSearchAttributes } from './list-search-attributes.ts';
import { removeRemoteCluster } from './remove-remote-cluster.ts';
import { removeSearchAttributes } from './remove-search-attributes.ts';
import type { OperatorHandlers } from './rpc.ts';
import { updateNexusEndpoint } from './update-nexus-endpoint.ts';

export const operatorHandlers: OperatorHandlers = {
  addOrUpdateRemoteCluster,
  addSearchAttributes,
  createNexusEndpoint,
  deleteNamespace,
  deleteNexusEndpoint,
  getNexusEndpoint,
  listClusters,
  listNexusEndpoints,
  listSearchAttributes,
  removeRemoteCluster,
  removeSearchAttributes,
  updateNexusEndpoint,
};
