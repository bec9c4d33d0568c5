import type { SearchAttributeType } from './search-attribute-type.ts';

const SEARCH_ATTRIBUTE_TYPES: readonly SearchAttributeType[] = [
  'Text',
  'Keyword',
  'Int',
  'Double',
  'Bool',
  'Datetime',
  'KeywordList',
];

/**
 * Reads a search attribute as command lines name it, such as `CustomerId=Keyword`.
 *
 * @throws TypeError when it is not NAME=TYPE
 */
export function parseSearchAttribute(text: string): [name: string, type: SearchAttributeType] {
  const [name = '', type = ''] = text.split('=');
  const known = SEARCH_ATTRIBUTE_TYPES.find((candidate) => candidate.toLowerCase() === type.toLowerCase());
  if (name !== '' && known !== undefined) return [name, known];
  throw new TypeError(`must be NAME=TYPE with a type of ${SEARCH_ATTRIBUTE_TYPES.join(', ')}; found '${text}'`);
}
