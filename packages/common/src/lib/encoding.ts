export { decode, encode } from '../text-bytes.ts';
export { TextDecoder, TextEncoder } from '../text-coders.ts';
