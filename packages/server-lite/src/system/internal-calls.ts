/** How parts of the server that are not executions make requests of their own: as any client would, without a network. */
import type { WorkflowService } from '@reprise/proto';

type Methods = (typeof WorkflowService)['methods'];
type RequestOf<Name extends keyof Methods> = Parameters<Methods[Name]['encodeRequest']>[0];
type ResponseOf<Name extends keyof Methods> = ReturnType<Methods[Name]['decodeResponse']>;

export type InternalCall = <Name extends keyof Methods>(
  method: Name,
  request: RequestOf<Name>,
  options?: { readonly deadlineMs?: number; readonly signal?: AbortSignal },
) => Promise<ResponseOf<Name>>;
