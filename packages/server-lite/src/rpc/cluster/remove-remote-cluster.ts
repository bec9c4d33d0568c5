import { notFound, ServiceError, StatusCode } from '../../errors.ts';
import type { OperatorHandler } from '../rpc.ts';

/** There is no cluster but this one, which stays. */
export const removeRemoteCluster: OperatorHandler<'removeRemoteCluster'> = async ({ clusterName }) => {
  if (clusterName === 'active') {
    throw new ServiceError(
      StatusCode.INTERNAL,
      'Unable to delete cluster info with error: Cannot delete current cluster metadata.',
    );
  }
  throw notFound('The cluster to be deleted cannot be found in clusters cache.');
};
