import type { RawWorkflowService } from '../connection.ts';
import type { CallSubject } from '../call/decode-error.ts';
import { decodeError } from '../call/decode-error.ts';
import type { NexusCall } from '../call/nexus-call.ts';
import type { Converter } from '../convert/converter.ts';
import type { EagerStarts } from '../eager-starts.ts';
import type { WorkflowClientInterceptor } from './interceptors.ts';
import type { QueryRejectCondition } from './query-reject-condition.ts';

/** What every operation on workflows works with. */
export interface WorkflowScope {
  readonly service: RawWorkflowService;
  /** Leaves payloads as the server has them. */
  readonly rawService: RawWorkflowService;
  readonly converter: Converter;
  readonly namespace: string;
  readonly identity: string;
  readonly interceptors: readonly WorkflowClientInterceptor[];
  /** Where workers of this process offer to take first tasks. */
  readonly eagerStarts: EagerStarts | undefined;
  readonly queryRejectCondition: QueryRejectCondition | undefined;
  /** Set while a handler of a Nexus operation makes the call. */
  readonly nexusCall?: NexusCall | undefined;
}

/** Makes a call; its gRPC error becomes the public class for it. */
export async function calling<R>(
  scope: { readonly namespace: string },
  subject: Omit<CallSubject, 'namespace'>,
  call: () => Promise<R>,
): Promise<R> {
  try {
    return await call();
  } catch (error) {
    throw decodeError(error, { ...subject, namespace: scope.namespace });
  }
}
