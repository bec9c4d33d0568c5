import type { CallOptions, MethodDefinition, Transport } from '@reprise/proto';
import type { Metadata } from '../connection-options.ts';

/** What every call of a connection carries; may change while the connection lives. */
export interface StandingHeaders {
  metadata: Metadata;
  apiKey: string | (() => string) | undefined;
}

const versionHeaders = { 'client-name': 'reprise-typescript', 'client-version': '0.1.0' };

/** A transport that adds the standing headers to each call. Headers of the call itself win. */
export class HeaderTransport implements Transport {
  readonly #inner: () => Transport;
  readonly #headers: StandingHeaders;

  constructor(inner: () => Transport, headers: StandingHeaders) {
    this.#inner = inner;
    this.#headers = headers;
  }

  unary<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    options: CallOptions,
  ): Promise<Response> {
    const metadata = { ...this.#standing(request), ...lowerCaseKeys(options.metadata) };
    return this.#inner().unary(method, request, { ...options, metadata });
  }

  close(): Promise<void> {
    return this.#inner().close();
  }

  #standing(request: unknown): Metadata {
    const { metadata, apiKey } = this.#headers;
    const namespace = namespaceOf(request);
    const key = typeof apiKey === 'function' ? apiKey() : apiKey;
    return {
      ...versionHeaders,
      ...(namespace !== undefined && { 'temporal-namespace': namespace }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...lowerCaseKeys(metadata),
    };
  }
}

function namespaceOf(request: unknown): string | undefined {
  if (typeof request !== 'object' || request === null || !('namespace' in request)) return undefined;
  const { namespace } = request;
  return typeof namespace === 'string' && namespace !== '' ? namespace : undefined;
}

function lowerCaseKeys(metadata: CallOptions['metadata']): Metadata {
  return Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
}
