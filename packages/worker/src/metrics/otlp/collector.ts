/** The way to a collector of OpenTelemetry: OTLP over gRPC, or over HTTP. */
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';

export interface Collector {
  /** Rejects with what stood in the way. */
  send(request: Uint8Array): Promise<void>;
  close(): void;
}

export interface CollectorOptions {
  /** `grpc://`, `http://`, or with TLS `grpcs://`, `https://`. */
  readonly url: string;
  /** Where the URL was said, for messages. */
  readonly from: string;
  readonly http: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

const SEND_TIMEOUT_MS = 10_000;
const EXPORT_PATH = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';

/** @throws TypeError for a URL that leads nowhere */
export function collectorAt({ url, from, http, headers }: CollectorOptions): Collector {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const isSecure = target !== undefined && ['grpcs:', 'https:'].includes(target.protocol);
  if (target === undefined || !(isSecure || ['grpc:', 'http:'].includes(target.protocol)))
    throw new TypeError(
      `Invalid metricsExporter.otel.url: ${from} must begin with grpc://, grpcs://, http:// or https://, found '${url}'`,
    );
  const scheme = isSecure ? 'https' : 'http';
  if (http) return new HttpCollector(`${scheme}://${target.host}${target.pathname}${target.search}`, headers);
  return new GrpcCollector(`${scheme}://${target.host}`, headers);
}

class HttpCollector implements Collector {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.#url = url;
    this.#headers = headers;
  }

  async send(request: Uint8Array): Promise<void> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { ...this.#headers, 'content-type': 'application/x-protobuf' },
      body: new Uint8Array(request),
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`HTTP ${response.status} ${text.slice(0, 200)}`);
  }

  close(): void {
    // Connections are those of `fetch`, which do not keep the process alive.
  }
}

class GrpcCollector implements Collector {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;
  #session: ClientHttp2Session | undefined;

  constructor(origin: string, headers: Readonly<Record<string, string>>) {
    this.#origin = origin;
    this.#headers = headers;
  }

  async send(request: Uint8Array): Promise<void> {
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(request.length, 1);
    const stream = this.#connected().request({
      ':method': 'POST',
      ':path': EXPORT_PATH,
      ...this.#headers,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.setTimeout(SEND_TIMEOUT_MS, () => stream.destroy(new Error('the collector did not answer in time')));
    const answered = answerOf(stream);
    stream.end(Buffer.concat([prefix, request]));
    await answered;
  }

  close(): void {
    this.#session?.destroy();
  }

  #connected(): ClientHttp2Session {
    if (this.#session !== undefined && !this.#session.destroyed && !this.#session.closed) return this.#session;
    // An import at the top would load all of HTTP/2 for every worker.
    const session = process.getBuiltinModule('node:http2').connect(this.#origin);
    // Streams fail with the same error.
    session.on('error', () => undefined);
    session.unref();
    this.#session = session;
    return session;
  }
}

type Headers = IncomingHttpHeaders & IncomingHttpStatusHeader;

/** Resolves when the call has ended well. */
function answerOf(stream: ClientHttp2Stream): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let status: string | undefined;
  let message = '';
  const note = (headers: Headers): void => {
    if (headers[':status'] !== undefined && headers[':status'] !== 200) message = `HTTP ${headers[':status']}`;
    if (headers['grpc-status'] === undefined) return;
    status = String(headers['grpc-status']);
    message = decodeURIComponent(String(headers['grpc-message'] ?? ''));
  };
  stream.on('response', note);
  stream.on('trailers', note);
  stream.on('error', reject);
  stream.on('close', () => {
    if (status === '0') resolve();
    else reject(new Error(status === undefined ? message || 'no answer' : `gRPC status ${status}: ${message}`));
  });
  stream.resume();
  return promise;
}
