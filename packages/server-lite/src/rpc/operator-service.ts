import { addOrUpdateRemoteCluster } from './cluster/add-or-update-remote-cluster.ts';
import { addSearchAttributes } from './search-attribute/add-search-attributes.ts';
import { createNexusEndpoint } from './nexus/create-nexus-endpoint.ts';
import { deleteNamespace } from './namespace/delete-namespace.ts';
import { deleteNexusEndpoint } from './nexus/delete-nexus-endpoint.ts';
import { getNexusEndpoint } from './nexus/get-nexus-endpoint.ts';
import { listClusters } from './cluster/list-clusters.ts';
import { listNexusEndpoints } from './nexus/list-nexus-endpoints.ts';
import { listSearchAttributes } from './search-attribute/list-search-attributes.ts';
import { removeRemoteCluster } from './cluster/remove-remote-cluster.ts';
import { removeSearchAttributes } from './search-attribute/remove-search-attributes.ts';
import type { OperatorHandlers } from './rpc.ts';
import { updateNexusEndpoint } from './nexus/update-nexus-endpoint.ts';

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
