export {
  decodeFailure,
  decodeFromPayloads as decodeArrayFromPayloads,
  decodeFromPayloadsAtIndex,
  decodeMapFromPayloads,
  decodeOptionalFailureToOptionalError,
  decodePayloads as decode,
  encodeErrorToFailure,
  encodeFailure,
  encodeMapToPayloads,
  encodePayloads as encode,
  encodeToPayload,
  encodeToPayloads,
} from '../converter/coded.ts';
export { loadDataConverter } from '../converter/data-converter.ts';
