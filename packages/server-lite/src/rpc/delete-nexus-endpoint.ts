import { checkEndpointId } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from './rpc.ts';

/** The version is not looked at: so the real service does. */
export const deleteNexusEndpoint: OperatorHandler<'deleteNexusEndpoint'> = async (request, ctx) => {
  ctx.system.nexusEndpoints.delete(checkEndpointId(request.id));
  return {};
};
