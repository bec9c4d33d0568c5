import { invalidArgument, unavailable, unimplemented } from '../../errors.ts';
import { dial } from './dial.ts';
import type { OperatorHandler } from '../rpc.ts';

/** This server is a cluster of its own. Whether there is another is looked at first, as the service does. */
export const addOrUpdateRemoteCluster: OperatorHandler<'addOrUpdateRemoteCluster'> = async (request, ctx) => {
  const address = request.frontendAddress ?? '';
  const dialled = await dial(address);
  if ('problem' in dialled) {
    throw unavailable(`Unable connect to remote cluster ${address} with error: ${dialled.problem}.`);
  }
  const own = ctx.system.listening.address;
  if (address === own || dialled.reached === own) {
    throw invalidArgument(
      'Unable connect to remote cluster with invalid config: Cannot update current cluster metadata from rpc calls.',
    );
  }
  throw unimplemented('this server does not replicate, and cannot be connected with another cluster');
};
