export { decode, encode } from '../text-bytes.ts';
