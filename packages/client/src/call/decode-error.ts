import { NamespaceNotFoundError, WorkflowNotFoundError } from '@reprise/common';
import { decodeMessage } from '@reprise/proto';
import type { google } from '@reprise/proto';
import { ServiceError, isGrpcServiceError } from '../errors.ts';
import { status } from './status.ts';

/** What a call was about, for the error that it may end in. */
export interface CallSubject {
  /** What failed, as a sentence: the message of a `ServiceError`. */
  readonly action: string;
  readonly namespace: string;
  readonly workflowId?: string | undefined;
  readonly runId?: string | undefined;
}

/** Turns the error of a call into the public class for it; what is not a gRPC error comes back as it is. */
export function decodeError(error: unknown, subject: CallSubject): unknown {
  if (!isGrpcServiceError(error)) return error;
  const details = errorDetails(error);
  if (details.some(isNamespaceNotFound))
    return new NamespaceNotFoundError(missingNamespace(details) ?? subject.namespace);
  if (error.code === status.NOT_FOUND && subject.workflowId !== undefined) {
    const message = error.details === '' ? 'Workflow not found' : error.details;
    return new WorkflowNotFoundError(message, subject.workflowId, subject.runId);
  }
  return new ServiceError(subject.action, { cause: error });
}

/** The typed details that a gRPC error carries; empty when there are none. */
export function errorDetails(error: unknown): google.protobuf.Any[] {
  if (typeof error !== 'object' || error === null || !('statusDetails' in error)) return [];
  const { statusDetails } = error;
  if (!(statusDetails instanceof Uint8Array)) return [];
  return decodeMessage('google.rpc.Status', statusDetails).details ?? [];
}

/** Whether a detail is a message of this type, `package.Name`. */
export function isDetail(detail: google.protobuf.Any, typeName: string): boolean {
  return detail.typeUrl?.endsWith(`/${typeName}`) === true;
}

const namespaceNotFound = 'temporal.api.errordetails.v1.NamespaceNotFoundFailure';

function isNamespaceNotFound(detail: google.protobuf.Any): boolean {
  return isDetail(detail, namespaceNotFound);
}

function missingNamespace(details: google.protobuf.Any[]): string | undefined {
  const bytes = details.find(isNamespaceNotFound)?.value;
  return (bytes && decodeMessage(namespaceNotFound, bytes).namespace) || undefined;
}
