export {
  assertNever,
  hasOwnProperties,
  hasOwnProperty,
  isAbortError,
  SymbolBasedInstanceOfError,
} from '../type-helpers.ts';
export { isError, isRecord } from '../brand.ts';
export { errorCode, errorMessage } from '../text-bytes.ts';
