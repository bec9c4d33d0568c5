import { invalidArgument } from '../../errors.ts';
import {
  predefinedSearchAttributes,
  systemSearchAttributes,
} from '../../system/search-attribute/search-attribute-names.ts';
import type { SearchAttributeType } from '../../system/search-attribute/search-attribute-type.ts';
import { indexedValueType } from './indexed-value-type.ts';
import type { OperatorHandler } from '../rpc.ts';

const numbered = (types: Readonly<Record<string, SearchAttributeType>>) =>
  Object.fromEntries(Object.entries(types).map(([name, type]) => [name, indexedValueType(type)]));

export const listSearchAttributes: OperatorHandler<'listSearchAttributes'> = async (request, ctx) => {
  if (!request.namespace) throw invalidArgument('Namespace is not set on request.');
  const namespace = ctx.namespaces.requireName(request.namespace);
  return {
    customAttributes: numbered(ctx.system.searchAttributes.custom(namespace.id)),
    systemAttributes: numbered({ ...systemSearchAttributes, ...predefinedSearchAttributes }),
  };
};
