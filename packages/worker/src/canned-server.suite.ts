/** A server for tests that answers calls from a table, and keeps what it was asked. */
import type { CallOptions, MethodDefinition, Transport } from '@reprise/proto';
import { RpcError } from '@reprise/proto';

type Answer = (request: never, options: CallOptions) => unknown;

export class CannedServer implements Transport {
  readonly calls: { method: string; request: unknown }[] = [];
  readonly #answers: Readonly<Record<string, Answer>>;

  /** Answers by method name, such as `PollWorkflowTaskQueue`; others are unknown methods. */
  constructor(answers: Readonly<Record<string, Answer>>) {
    this.#answers = answers;
  }

  async unary<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    options: CallOptions,
  ): Promise<Response> {
    this.calls.push({ method: method.name, request });
    const answer = this.#answers[method.name];
    if (answer === undefined) throw new RpcError({ code: 12, details: `${method.name} is not in the table` });
    return (await answer(request as never, options)) as Response;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The requests to one method, in order. */
  requests<T>(method: string): T[] {
    return this.calls.flatMap((call) => (call.method === method ? [call.request as T] : []));
  }
}

/** An answer that waits until the caller goes away, like a poll for which there is no task. */
export function hang(_request: never, { signal }: CallOptions): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new RpcError({ code: 1, details: 'cancelled' })), { once: true });
  });
}
