import { gunzipSync, inflateSync } from 'node:zlib';
import { ServiceError, StatusCode } from '../errors.ts';

const readers: Readonly<Record<string, typeof gunzipSync>> = { gzip: gunzipSync, deflate: inflateSync };

/** @throws ServiceError that says what is wrong with it */
export function decompress(message: Buffer, encoding: string, mostBytes: number): Buffer {
  if (encoding === 'identity') return message;
  const read = Object.hasOwn(readers, encoding) ? readers[encoding] : undefined;
  if (!read) {
    const text = `Received message compressed with unsupported encoding "${encoding}"`;
    throw new ServiceError(StatusCode.UNIMPLEMENTED, text);
  }
  try {
    return read(message, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) {
      const text = `Received message that decompresses to a size larger than ${mostBytes}`;
      throw new ServiceError(StatusCode.RESOURCE_EXHAUSTED, text);
    }
    throw new ServiceError(StatusCode.INTERNAL, 'Failed to decompress message');
  }
}
