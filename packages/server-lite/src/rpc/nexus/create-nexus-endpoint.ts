import { checkEndpointSpec, endpointMessage } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from '../rpc.ts';

export const createNexusEndpoint: OperatorHandler<'createNexusEndpoint'> = async ({ spec }, ctx) => ({
  endpoint: endpointMessage(ctx.system.nexusEndpoints.create(checkEndpointSpec(spec, ctx))),
});
