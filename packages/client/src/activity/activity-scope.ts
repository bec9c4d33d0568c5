import { decodeError } from '../call/decode-error.ts';
import type { NexusCall } from '../call/nexus-call.ts';
import { status } from '../call/status.ts';
import type { RawWorkflowService } from '../connection.ts';
import type { Converter } from '../convert/converter.ts';
import { ActivityNotFoundError, isGrpcServiceError } from '../errors.ts';
import type { ActivityClientInterceptor } from './activity-interceptor.ts';
import type { ActivityTarget } from './activity-options.ts';

/** What every operation on standalone activities works with. */
export interface ActivityScope {
  readonly service: RawWorkflowService;
  readonly converter: Converter;
  readonly namespace: string;
  readonly identity: string;
  readonly interceptors: readonly ActivityClientInterceptor[];
  /** Set while a handler of a Nexus operation makes the call. */
  readonly nexusCall?: NexusCall | undefined;
}

/** Makes a call about an activity; its gRPC error becomes the public class for it. */
export async function callingActivity<R>(
  scope: ActivityScope,
  { action, activityId }: { readonly action: string; readonly activityId?: string },
  call: () => Promise<R>,
): Promise<R> {
  try {
    return await call();
  } catch (error) {
    const decoded = decodeError(error, { action, namespace: scope.namespace });
    const isPlain = decoded instanceof Error && decoded.cause === error;
    if (isPlain && activityId !== undefined && isGrpcServiceError(error) && error.code === status.NOT_FOUND) {
      throw new ActivityNotFoundError(error.details || `Activity ${activityId} not found`);
    }
    throw decoded;
  }
}

/** The fields that name an activity in a request. */
export function targetFields(scope: ActivityScope, { activityId, activityRunId }: ActivityTarget) {
  return { namespace: scope.namespace, activityId, ...(activityRunId && { runId: activityRunId }) };
}
