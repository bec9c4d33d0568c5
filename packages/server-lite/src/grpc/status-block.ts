/** How calls end, as header blocks. */
import { encodeHeaderBlock, type HeaderField } from '@reprise/proto/http2';
import type { WireStatus } from '../rpc/status.ts';

const contentType: HeaderField = ['content-type', 'application/grpc+proto'];
const httpOk: HeaderField = [':status', '200'];

/** Begins every answer that has a message. */
export const responseHead: Uint8Array = encodeHeaderBlock([httpOk, contentType]);
/** Ends it, when all went well. */
export const okTrailers: Uint8Array = encodeHeaderBlock([['grpc-status', '0']]);
/** For those who speak HTTP, but not gRPC. */
export const unsupportedMediaType: Uint8Array = encodeHeaderBlock([[':status', '415']]);

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
export function statusBlock({ code, message, details }: WireStatus, { isWhole }: { isWhole: boolean }): Uint8Array {
  return encodeHeaderBlock([
    ...(isWhole ? [httpOk, contentType] : []),
    ['grpc-status', String(code)],
    ...(message === '' ? [] : ([['grpc-message', percentEncoded(message)]] as const)),
    ...(details ? ([['grpc-status-details-bin', Buffer.from(details).toString('base64')]] as const) : []),
  ]);
}
