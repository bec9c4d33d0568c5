import { endpointMessage } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from './rpc.ts';

const defaultPageSize = 100;

/** Pages go by id: the token is the last id shown. */
export const listNexusEndpoints: OperatorHandler<'listNexusEndpoints'> = async (request, ctx) => {
  if (request.name) {
    const endpoint = ctx.system.nexusEndpoints.byName(request.name);
    return { endpoints: endpoint ? [endpointMessage(endpoint)] : [] };
  }
  const after = Buffer.from(request.nextPageToken ?? []).toString();
  const rest = ctx.system.nexusEndpoints.list().filter(({ id }) => id > after);
  const page = rest.slice(0, request.pageSize || defaultPageSize);
  const last = page.at(-1);
  return {
    endpoints: page.map(endpointMessage),
    ...(last && rest.length > page.length ? { nextPageToken: Buffer.from(last.id) } : {}),
  };
};
