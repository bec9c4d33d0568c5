import type { HeaderField } from '@reprise/proto/http2';
import { ServiceError, StatusCode, unimplemented } from '../errors.ts';
import type { ServerStream, StreamReceiver } from '../http2/server-stream.ts';
import { GrpcStream, type Route } from './grpc-stream.ts';
import { parseTimeout } from './parse-timeout.ts';
import { unsupportedMediaType } from './status-block.ts';

export interface OpenCallOptions {
  /** By `/service/Method`. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly mostBytes: number;
}

const valueOf = (fields: readonly HeaderField[], wanted: string): string | undefined =>
  fields.find((field) => field[0] === wanted)?.[1];

const deaf: StreamReceiver = { data() {}, end() {}, aborted() {} };

const internal = (text: string): ServiceError => new ServiceError(StatusCode.INTERNAL, text);

/** Begins the call that a request asks for, or ends it at once. */
export function openCall(
  stream: ServerStream,
  request: { readonly fields: readonly HeaderField[]; readonly tooLarge: boolean },
  { routes, mostBytes }: OpenCallOptions,
): StreamReceiver {
  const { fields, tooLarge } = request;
  if (valueOf(fields, 'content-type')?.startsWith('application/grpc') !== true && !tooLarge) {
    stream.end(unsupportedMediaType);
    return deaf;
  }
  const timeout = valueOf(fields, 'grpc-timeout');
  const timeoutMs = timeout === undefined ? undefined : parseTimeout(timeout);
  const call = new GrpcStream(stream, { fields, timeoutMs, mostBytes });
  const path = valueOf(fields, ':path') ?? '';
  const route = routes.get(path);
  if (tooLarge) call.fail(new ServiceError(StatusCode.RESOURCE_EXHAUSTED, 'Received more metadata than allowed'));
  else if (!route) call.fail(unimplemented(`The server does not implement the method ${path}`));
  else if (timeout !== undefined && timeoutMs === undefined) {
    call.fail(internal(`Invalid grpc-timeout value "${timeout}"`));
  } else call.begin(route);
  return call;
}
