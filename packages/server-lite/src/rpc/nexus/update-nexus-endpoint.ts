import { checkEndpointSpec, endpointMessage } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from '../rpc.ts';

export const updateNexusEndpoint: OperatorHandler<'updateNexusEndpoint'> = async ({ id, version, spec }, ctx) => {
  const checked = checkEndpointSpec(spec, ctx);
  return { endpoint: endpointMessage(ctx.system.nexusEndpoints.update(id ?? '', version ?? 0, checked)) };
};
