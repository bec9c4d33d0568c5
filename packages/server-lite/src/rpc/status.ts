/**
 * Errors on their way to the client: gRPC status, message, and the serialized google.rpc.Status that carries the detail.
 * The one table of which error is which code is `errors.ts`; here they only change their form.
 */
import { encodeMessage, type MessageTypes } from '@reprise/proto';
import { type ErrorDetail, ServiceError, StatusCode } from '../errors.ts';
import { maskedMessage } from '../masked-error.ts';

export interface WireStatus {
  readonly code: number;
  readonly message: string;
  /** Serialized google.rpc.Status; absent when there is no detail. */
  readonly details?: Uint8Array;
}

/** Longer messages are cut: they travel in a header. */
const longestMessage = 4000;

/** The fields of a google.rpc.Status or temporal.api.errordetails.v1.MultiOperationExecutionFailure.OperationStatus. */
export function statusMessage(error: ServiceError): {
  code: number;
  message: string;
  details: { typeUrl: string; value: Uint8Array }[];
} {
  const details = error.detail ? [anyOf(error.detail)] : [];
  return { code: error.code, message: shorten(error.message), details };
}

export function anyOf(detail: ErrorDetail): { typeUrl: string; value: Uint8Array } {
  return {
    typeUrl: `type.googleapis.com/${detail.type}`,
    value: encodeMessage(detail.type as keyof MessageTypes, detail.value),
  };
}

/** What the client is told. Of errors that nobody foresaw it learns a number by which to find them in the log. */
export function wireStatus(error: unknown): WireStatus {
  if (!(error instanceof ServiceError)) return { code: StatusCode.INTERNAL, message: maskedMessage(error) };
  const status = statusMessage(error);
  if (status.details.length === 0) return { code: status.code, message: status.message };
  return { code: status.code, message: status.message, details: encodeMessage('google.rpc.Status', status) };
}

function shorten(message: string): string {
  return message.length <= longestMessage ? message : message.slice(0, longestMessage);
}
