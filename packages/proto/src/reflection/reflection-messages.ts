/** The messages of `grpc.reflection.v1` (and of `v1alpha`, which are the same), of which no table tells. */
import { field, message, repeated } from './descriptor-writer.ts';

/** What a client of reflection asks. */
export interface ReflectionRequest {
  readonly kind: 'fileByName' | 'fileWithSymbol' | 'listServices' | 'other';
  readonly value: string;
  /** As it came: the answer repeats it. */
  readonly bytes: Uint8Array;
}

export type ReflectionAnswer =
  | { readonly kind: 'files'; readonly files: readonly Uint8Array[] }
  | { readonly kind: 'services'; readonly names: readonly string[] }
  | { readonly kind: 'error'; readonly code: number; readonly text: string };

const kinds: Readonly<Record<number, ReflectionRequest['kind']>> = {
  3: 'fileByName',
  4: 'fileWithSymbol',
  7: 'listServices',
};
const decoder = new TextDecoder();

/** The last field that asks for something counts, as in any oneof. */
export function decodeReflectionRequest(bytes: Uint8Array): ReflectionRequest {
  let request: ReflectionRequest = { kind: 'other', value: '', bytes };
  for (let at = 0; at < bytes.length;) {
    const tag = varintAt(bytes, at);
    if ((tag.value & 7) !== 2) return { kind: 'other', value: '', bytes };
    const length = varintAt(bytes, tag.end);
    const end = length.end + length.value;
    const number = tag.value >> 3;
    const kind = kinds[number];
    if (number !== 1)
      request = { kind: kind ?? 'other', value: decoder.decode(bytes.subarray(length.end, end)), bytes };
    at = end;
  }
  return request;
}

function varintAt(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  for (let end = at, shift = 0; end < bytes.length; end++, shift += 7) {
    const byte = bytes[end] ?? 0;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, end: end + 1 };
  }
  return { value: bytes.length, end: bytes.length };
}

export function encodeReflectionResponse(request: ReflectionRequest, answer: ReflectionAnswer): Uint8Array {
  return message(field(2, request.bytes), encodeAnswer(answer));
}

function encodeAnswer(answer: ReflectionAnswer): Uint8Array {
  switch (answer.kind) {
    case 'files':
      return field(4, repeated(1, answer.files));
    case 'services':
      return field(
        6,
        repeated(
          1,
          answer.names.map((name) => message(field(1, name))),
        ),
      );
    case 'error':
      return field(7, message(field(1, answer.code), field(2, answer.text)));
  }
}
