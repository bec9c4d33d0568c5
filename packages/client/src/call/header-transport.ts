import type { CallOptions, MethodDefinition, Transport } from '@reprise/proto';
import type { Metadata } from '../connection-options.ts';
import { SDK_NAME, SDK_VERSION } from '../sdk-version.ts';

/** What every call of a connection carries; may change while the connection lives. */
export interface StandingHeaders {
  metadata: Metadata;
  apiKey: string | (() => string) | undefined;
}

const versionHeaders = { 'client-name': SDK_NAME, 'client-version': SDK_VERSION };

/** Headers by namespace, and what they were made of. */
interface Known {
  readonly metadata: Metadata | undefined;
  readonly key: string | undefined;
  readonly byNamespace: Map<string | undefined, Metadata>;
}

/** A transport that adds the standing headers to each call. Headers of the call itself win. */
export class HeaderTransport implements Transport {
  readonly #inner: () => Transport;
  readonly #headers: StandingHeaders;
  #known: Known = { metadata: undefined, key: undefined, byNamespace: new Map() };

  constructor(inner: () => Transport, headers: StandingHeaders) {
    this.#inner = inner;
    this.#headers = headers;
  }

  unary<Request, Response>(
    method: MethodDefinition<Request, Response>,
    request: Request,
    options: CallOptions,
  ): Promise<Response> {
    const standing = this.#standing(namespaceOf(request));
    const metadata = options.metadata === undefined ? standing : { ...standing, ...lowerCaseKeys(options.metadata) };
    return this.#inner().unary(method, request, { ...options, metadata });
  }

  close(): Promise<void> {
    return this.#inner().close();
  }

  /** The same object as long as nothing changes: what is made of it can be kept, too. */
  #standing(namespace: string | undefined): Metadata {
    const { metadata, apiKey } = this.#headers;
    const key = typeof apiKey === 'function' ? apiKey() : apiKey;
    if (this.#known.metadata !== metadata || this.#known.key !== key)
      this.#known = { metadata, key, byNamespace: new Map() };
    const { byNamespace } = this.#known;
    let standing = byNamespace.get(namespace);
    if (standing === undefined) {
      standing = Object.freeze({
        ...versionHeaders,
        ...(namespace !== undefined && { 'temporal-namespace': namespace }),
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...lowerCaseKeys(metadata),
      });
      byNamespace.set(namespace, standing);
    }
    return standing;
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
