import { notFound } from '../../errors.ts';
import { checkEndpointId, endpointMessage } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from '../rpc.ts';

export const getNexusEndpoint: OperatorHandler<'getNexusEndpoint'> = async (request, ctx) => {
  const id = checkEndpointId(request.id);
  const endpoint = ctx.system.nexusEndpoints.byId(id);
  if (!endpoint) throw notFound(`Nexus endpoint with ID \`${id}\` not found`);
  return { endpoint: endpointMessage(endpoint) };
};
