import { invalidArgument } from '../../errors.ts';
import type { SearchAttributeType } from '../../system/search-attribute/search-attribute-type.ts';
import { searchAttributeTypeOf } from './indexed-value-type.ts';
import type { OperatorHandler } from '../rpc.ts';

export const addSearchAttributes: OperatorHandler<'addSearchAttributes'> = async (request, ctx) => {
  const given = Object.entries(request.searchAttributes ?? {});
  if (given.length === 0) throw invalidArgument('SearchAttributes are not set on request.');
  if (!request.namespace) throw invalidArgument('Namespace not set on request.');
  const namespace = ctx.namespaces.requireName(request.namespace);
  const added: Record<string, SearchAttributeType> = {};
  for (const [name, number] of given) {
    const type = searchAttributeTypeOf(number);
    if (number === 0) {
      throw invalidArgument(
        'Unable to create search attributes: cannot have more than 0 search attribute of type Unspecified.',
      );
    }
    if (!type) throw invalidArgument(`Unknown search attribute type: ${number}.`);
    added[name] = type;
  }
  ctx.system.searchAttributes.add(namespace.id, added);
  return {};
};
