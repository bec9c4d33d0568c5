import type { OperatorHandler } from '../rpc.ts';

export const listClusters: OperatorHandler<'listClusters'> = async (_request, ctx) => ({
  clusters: [
    {
      clusterName: 'active',
      clusterId: ctx.system.clusterId,
      address: ctx.system.listening.address,
      initialFailoverVersion: 1,
      historyShardCount: 1,
      isConnectionEnabled: true,
    },
  ],
});
