import type { WorkflowHandler } from '../rpc.ts';

const supportedClients = {
  'Nexus-go-sdk': '<2.0.0',
  'temporal-cli': '<2.0.0',
  'temporal-go': '<2.0.0',
  'temporal-java': '<2.0.0',
  'temporal-php': '<2.0.0',
  'temporal-server': '<2.0.0',
  'temporal-typescript': '<2.0.0',
  'temporal-ui': '<3.0.0',
};

export const getClusterInfo: WorkflowHandler<'getClusterInfo'> = async (_request, ctx) => ({
  supportedClients,
  serverVersion: ctx.system.version,
  clusterId: ctx.system.clusterId,
  clusterName: 'active',
  historyShardCount: 1,
  persistenceStore: 'sqlite',
  visibilityStore: 'sqlite',
  initialFailoverVersion: 1,
  failoverVersionIncrement: 10,
});
