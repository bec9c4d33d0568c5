import {
  predefinedSearchAttributes,
  systemSearchAttributes,
} from '../../system/search-attribute/search-attribute-names.ts';
import { indexedValueType } from './indexed-value-type.ts';
import type { WorkflowHandler } from '../rpc.ts';

/** Those that exist in every namespace, and the custom ones of all: the request names none. */
export const getSearchAttributes: WorkflowHandler<'getSearchAttributes'> = async (_request, ctx) => {
  const custom = ctx.namespaces.list().map(({ id }) => ctx.system.searchAttributes.custom(id));
  const all = Object.assign({}, ...custom, systemSearchAttributes, predefinedSearchAttributes);
  return {
    keys: Object.fromEntries(Object.entries(all).map(([name, type]) => [name, indexedValueType(type as 'Text')])),
  };
};
