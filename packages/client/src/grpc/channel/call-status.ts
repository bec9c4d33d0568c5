/** How a call ended, from what a server said of it or of the stream that carried it. */
import { Http2ErrorCode } from '@reprise/proto/http2';
import { status } from '../../call/status.ts';

export interface CallStatus {
  /** One of `status`, and 0 when all went well. */
  readonly code: number;
  readonly details: string;
  /** Serialized google.rpc.Status. */
  readonly statusDetails?: Uint8Array | undefined;
}

/** What a server says at the end of a call. */
export interface Trailers {
  readonly httpStatus: string | undefined;
  readonly grpcStatus: string | undefined;
  readonly grpcMessage: string | undefined;
  readonly statusDetails: string | undefined;
}

export function statusOfTrailers({ httpStatus, grpcStatus, grpcMessage, statusDetails }: Trailers): CallStatus {
  if (grpcStatus === undefined) return statusOfHttp(httpStatus);
  const code = Number(grpcStatus);
  return {
    code: Number.isInteger(code) ? code : status.UNKNOWN,
    details: percentDecoded(grpcMessage ?? ''),
    statusDetails: statusDetails === undefined ? undefined : fromBase64(statusDetails),
  };
}

const codesOfHttp: Readonly<Record<string, number>> = {
  400: status.INTERNAL,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.UNIMPLEMENTED,
  429: status.UNAVAILABLE,
  502: status.UNAVAILABLE,
  503: status.UNAVAILABLE,
  504: status.UNAVAILABLE,
};

/** For an answer of somebody on the way, who does not speak gRPC. */
export function statusOfHttp(httpStatus: string | undefined): CallStatus {
  if (httpStatus === undefined || httpStatus === '200') {
    return {
      code: status.INTERNAL,
      details: 'Received RST_STREAM with code 0 (Call ended without gRPC status)',
    };
  }
  return {
    code: codesOfHttp[httpStatus] ?? status.UNKNOWN,
    details: `Received HTTP status code ${httpStatus}`,
  };
}

/** For a stream that the server ended without a word. */
export function statusOfReset(errorCode: number): CallStatus {
  switch (errorCode) {
    case Http2ErrorCode.NO_ERROR:
      return statusOfHttp(undefined);
    case Http2ErrorCode.INTERNAL_ERROR:
      return { code: status.INTERNAL, details: 'Received RST_STREAM with code 2 (Internal server error)' };
    case Http2ErrorCode.CANCEL:
      return { code: status.CANCELLED, details: 'Call cancelled' };
    case Http2ErrorCode.ENHANCE_YOUR_CALM:
      return { code: status.RESOURCE_EXHAUSTED, details: 'Bandwidth exhausted or memory limit exceeded' };
    case Http2ErrorCode.INADEQUATE_SECURITY:
      return { code: status.PERMISSION_DENIED, details: 'Protocol not secure enough' };
    default:
      return { code: status.INTERNAL, details: `Received RST_STREAM with code ${String(errorCode)}` };
  }
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Values of one key may come as several, joined by a comma: the first one counts. */
function fromBase64(text: string): Uint8Array {
  return Buffer.from(text.split(',', 1)[0] ?? '', 'base64');
}
