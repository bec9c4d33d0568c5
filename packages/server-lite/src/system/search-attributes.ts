import type { Payload } from '@reprise/common';

/** IndexedValueType by name. */
export type SearchAttributeType = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

/** Which search attributes exist, and what may be written into them. */
export interface SearchAttributes {
  typeOf(namespaceId: string, name: string): SearchAttributeType | undefined;
  /**
   * Checks what a request or command sets, and gives it back with `type` metadata added where it lacks.
   *
   * @throws ServiceError INVALID_ARGUMENT, with the message that a failed workflow task carries too
   */
  validate(
    namespace: { readonly id: string; readonly name: string },
    indexedFields: Readonly<Record<string, Payload>>,
  ): Record<string, Payload>;
}
