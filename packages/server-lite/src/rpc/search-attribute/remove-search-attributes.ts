import { invalidArgument } from '../../errors.ts';
import type { OperatorHandler } from '../rpc.ts';

export const removeSearchAttributes: OperatorHandler<'removeSearchAttributes'> = async (request, ctx) => {
  const names = request.searchAttributes ?? [];
  if (names.length === 0) throw invalidArgument('SearchAttributes are not set on request.');
  if (!request.namespace) throw invalidArgument('Namespace not set on request.');
  ctx.system.searchAttributes.remove(ctx.namespaces.requireName(request.namespace).id, names);
  return {};
};
