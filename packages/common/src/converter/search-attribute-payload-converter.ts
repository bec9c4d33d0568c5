import { ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';
import type { PayloadConverter } from './payload-converter.ts';
import { decodeSearchAttributes, encodeSearchAttributes } from './search-attribute-payloads.ts';

/** Values of untyped search attributes, one attribute at a time: an array of text, numbers, booleans or dates. */
export class SearchAttributePayloadConverter implements PayloadConverter {
  /** @throws ValueError for what is no array, and for values that are of different types or of none of these */
  toPayload(values: unknown): Payload {
    const { value } = encodeSearchAttributes({ value: values as string[] });
    if (value === undefined) throw new ValueError('SearchAttribute value must be an array');
    return value;
  }

  /** Always an array; dates where the payload says that it holds some. Empty for an attribute that was removed. */
  fromPayload<T>(payload: Payload): T {
    return (decodeSearchAttributes({ value: payload })['value'] ?? []) as T;
  }
}

export const searchAttributePayloadConverter = new SearchAttributePayloadConverter();
