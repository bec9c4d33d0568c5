/** How calls end, as header blocks. */
import { encodeHeaderBlock } from '@reprise/proto/http2';
import type { WireStatus } from '../rpc/status.ts';

const contentType = { name: 'content-type', value: 'application/grpc+proto' };
const httpOk = { name: ':status', value: '200' };

/** Begins every answer that has a message. */
export const responseHead: Uint8Array = encodeHeaderBlock([httpOk, contentType]);
/** Ends it, when all went well. */
export const okTrailers: Uint8Array = encodeHeaderBlock([{ name: 'grpc-status', value: '0' }]);
/** For those who speak HTTP, but not gRPC. */
export const unsupportedMediaType: Uint8Array = encodeHeaderBlock([{ name: ':status', value: '415' }]);

/** What may stand in a header as it is: printable ASCII, but for the sign of what may not. */
const plain = /^[\x20-\x24\x26-\x7e]*$/;

function percentEncoded(text: string): string {
  if (plain.test(text)) return text;
  return Array.from(Buffer.from(text), (byte) => {
    const char = String.fromCharCode(byte);
    return plain.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** @param isWhole nothing has been sent before: the block is all that the caller gets */
export function statusBlock({ code, message, details }: WireStatus, isWhole: boolean): Uint8Array {
  return encodeHeaderBlock([
    ...(isWhole ? [httpOk, contentType] : []),
    { name: 'grpc-status', value: String(code) },
    ...(message === '' ? [] : [{ name: 'grpc-message', value: percentEncoded(message) }]),
    ...(details ? [{ name: 'grpc-status-details-bin', value: Buffer.from(details).toString('base64') }] : []),
  ]);
}
