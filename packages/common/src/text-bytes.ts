import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** The UTF-8 bytes of text. */
export function u8(text: string): Uint8Array {
  return encodeUtf8(text);
}

/** The text of UTF-8 bytes. Throws TypeError when they are not well-formed. */
export function str(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new TypeError(`Expected UTF-8 text, got ${bytes.length} bytes that are not`);
  return text;
}

/** The message of an error, or of text; undefined for anything else. */
export function errorMessage(error: unknown): string | undefined {
  if (typeof error === 'string') return error;
  return error instanceof Error ? error.message : undefined;
}

/** The `code` of an error, when it is text. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The UTF-8 bytes of text; the name under which `common/lib/encoding` exports it. */
export function encode(text: string): Uint8Array {
  return encodeUtf8(text);
}

/** The text of UTF-8 bytes; none gives ''. The name under which `common/lib/encoding` exports it. */
export function decode(bytes?: Uint8Array): string {
  return bytes === undefined ? '' : str(bytes);
}
