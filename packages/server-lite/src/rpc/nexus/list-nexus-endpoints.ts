import { invalidArgument } from '../../errors.ts';
import { endpointMessage } from './nexus-endpoint-message.ts';
import type { OperatorHandler } from '../rpc.ts';

const defaultPageSize = 100;
const largestPageSize = 1000;

/** Pages go by id: the token is the last id shown. */
export const listNexusEndpoints: OperatorHandler<'listNexusEndpoints'> = async (request, ctx) => {
  if (request.name) {
    const endpoint = ctx.system.nexusEndpoints.byName(request.name);
    return { endpoints: endpoint ? [endpointMessage(endpoint)] : [] };
  }
  const asked = request.pageSize ?? 0;
  if (asked < 0) throw invalidArgument('page_size is negative');
  if (asked > largestPageSize) throw invalidArgument(`page_size exceeds limit of ${largestPageSize}`);
  const after = Buffer.from(request.nextPageToken ?? []).toString();
  const rest = ctx.system.nexusEndpoints.list().filter(({ id }) => id > after);
  const page = rest.slice(0, asked || defaultPageSize);
  const last = page.at(-1);
  return {
    endpoints: page.map(endpointMessage),
    ...(last && rest.length > page.length ? { nextPageToken: Buffer.from(last.id) } : {}),
  };
};
