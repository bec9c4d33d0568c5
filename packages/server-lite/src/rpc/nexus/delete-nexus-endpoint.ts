import { checkEndpointId } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from '../rpc.ts';

/** Which version is named is not looked at: so the real service does. */
export const deleteNexusEndpoint: OperatorHandler<'deleteNexusEndpoint'> = async (request, ctx) => {
  const id = checkEndpointId(request.id, (request.version ?? 0) > 0 ? [] : ['endpoint version is non-positive']);
  ctx.system.nexusEndpoints.delete(id);
  return {};
};
