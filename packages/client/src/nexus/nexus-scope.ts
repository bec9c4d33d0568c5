import { decodeError } from '../call/decode-error.ts';
import { status } from '../call/status.ts';
import type { RawWorkflowService } from '../connection.ts';
import type { Converter } from '../convert/converter.ts';
import { NexusOperationNotFoundError, isGrpcServiceError } from '../errors.ts';
import type { NexusClientInterceptor } from './nexus-interceptor.ts';

/** What every call about Nexus operations works with. */
export interface NexusScope {
  readonly service: RawWorkflowService;
  readonly converter: Converter;
  readonly namespace: string;
  readonly identity: string;
  readonly interceptors: readonly NexusClientInterceptor[];
}

/** Makes a call about an operation; its gRPC error becomes the public class for it. */
export async function callingNexus<R>(
  scope: NexusScope,
  {
    action,
    operationId,
    runId,
  }: { readonly action: string; readonly operationId?: string; readonly runId?: string | undefined },
  call: () => Promise<R>,
): Promise<R> {
  try {
    return await call();
  } catch (error) {
    const decoded = decodeError(error, { action, namespace: scope.namespace });
    const isPlain = decoded instanceof Error && decoded.cause === error;
    if (isPlain && operationId !== undefined && isGrpcServiceError(error) && error.code === status.NOT_FOUND) {
      throw new NexusOperationNotFoundError(error.details || 'Nexus operation not found', operationId, runId);
    }
    throw decoded;
  }
}
