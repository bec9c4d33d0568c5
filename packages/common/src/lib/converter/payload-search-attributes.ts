export {
  SearchAttributePayloadConverter,
  searchAttributePayloadConverter,
} from '../../converter/search-attribute-payload-converter.ts';
export {
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
  encodeSearchAttributes,
  encodeTypedSearchAttributes,
  encodeUnifiedSearchAttributes,
} from '../../converter/search-attribute-payloads.ts';
