import { type Transport, WorkflowService } from '@reprise/proto';

type Methods = (typeof WorkflowService)['methods'];
type Requests = { [Name in keyof Methods]: Parameters<Methods[Name]['encodeRequest']>[0] };
type Responses = { [Name in keyof Methods]: ReturnType<Methods[Name]['decodeResponse']> };

export type Calls = <Name extends keyof Methods>(
  name: Name,
  request: Requests[Name],
  options?: { readonly timeoutMs?: number; readonly headers?: Record<string, string> },
) => Promise<Responses[Name]>;

/** Calls of the workflow service, by method name. */
export function callsOf(transport: Transport): Calls {
  return async (name, request, { timeoutMs = 30_000, headers = {} } = {}) => {
    const method = WorkflowService.methods[name] as never;
    const response = await transport.unary(method, request, {
      deadlineMs: Date.now() + timeoutMs,
      metadata: headers,
    });
    return response as Responses[typeof name];
  };
}
