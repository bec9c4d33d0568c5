import { decodeFilled } from '@reprise/proto';
import type { Filled, MethodDefinition } from '@reprise/proto';
import type { CallPath } from './call-path.ts';

/** A raw service: a function for each of its methods. What is not set on a response reads as empty. */
export type RawService<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends MethodDefinition<infer Request, infer Response>
    ? (request: Request) => Promise<Filled<Response>>
    : never;
};

/** The methods of a service as functions over a call path. */
export function rawService<Methods extends object>(methods: Methods, path: CallPath): RawService<Methods> {
  const entries = Object.entries(methods as Record<string, MethodDefinition>).map(([name, method]) => {
    const filling = {
      ...method,
      decodeResponse: (bytes: Uint8Array) => decodeFilled(method.responseType, asBuffer(bytes)),
    };
    return [name, (request: object) => path.call(filling, request)];
  });
  return Object.fromEntries(entries) as RawService<Methods>;
}

/** Bytes of responses are Buffers, which have text forms, as users of raw services expect. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
