import { invalidArgument } from '../errors.ts';
import { checkEndpointId, checkEndpointSpec, endpointMessage } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from './rpc.ts';

export const updateNexusEndpoint: OperatorHandler<'updateNexusEndpoint'> = async (request, ctx) => {
  const id = checkEndpointId(request.id);
  if (!request.version) throw invalidArgument('endpoint version is non-positive');
  const spec = checkEndpointSpec(request.spec, ctx);
  return { endpoint: endpointMessage(ctx.system.nexusEndpoints.update(id, request.version, spec)) };
};
