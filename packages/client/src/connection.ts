/**
 * Owns the way to a server: a channel for ordinary calls, and a second one for long polls that opens at its first use.
 * All calls of clients go through one call path, which owns retries and the context of calls.
 */
import { IllegalStateError } from '@reprise/common';
import { Health, OperatorService, RpcError, TestService, WorkflowService } from '@reprise/proto';
import type { temporal, Transport } from '@reprise/proto';
import { CallPath } from './call/call-path.ts';
import type { CallContext } from './call/call-context.ts';
import { HeaderTransport } from './call/header-transport.ts';
import type { StandingHeaders } from './call/header-transport.ts';
import { defaultGrpcRetryOptions } from './call/retry.ts';
import { rawService } from './call/service.ts';
import type { RawService } from './call/service.ts';
import { status } from './call/status.ts';
import { completeConnectionOptions, configureByPlugin } from './connection-options.ts';
import type { ConnectionOptions, ConnectionOptionsWithDefaults, Metadata } from './connection-options.ts';
import { EagerStarts } from './eager-starts.ts';
import { ServiceError } from './errors.ts';
import { connectGrpc } from './grpc/connect-grpc.ts';
import type { Channels } from './grpc/connect-grpc.ts';

export type RawWorkflowService = RawService<typeof WorkflowService.methods>;
export type RawOperatorService = RawService<typeof OperatorService.methods>;
export type RawTestService = RawService<typeof TestService.methods>;
export type RawHealthService = RawService<typeof Health.methods>;

/** What clients and workers need of a connection. */
export interface ConnectionLike {
  readonly workflowService: RawWorkflowService;
  readonly operatorService: RawOperatorService;
  /** For ordinary calls, without retries. */
  readonly transport: Transport;
  /** For long polls, without retries; opens at its first use. */
  readonly pollTransport: Transport;
  ensureConnected(): Promise<void>;
  close(): Promise<void>;
  /** What the connection was made with, as far as it concerns workers. */
  readonly options?: Pick<ConnectionOptionsWithDefaults, 'disableErrorCodeMetricTags' | 'payloadLimits'>;
  /** The plugins that the connection was made with. */
  readonly plugins?: readonly { readonly name: string }[];
  /** Where workers of this process offer to take the first tasks of workflows. */
  readonly eagerStarts?: EagerStarts;
  /** Keeps the connection from being closed until the returned function is called; for workers. */
  retain?(): () => void;
  withDeadline<R>(deadline: number | Date, fn: () => Promise<R>): Promise<R>;
  withAbortSignal<R>(signal: AbortSignal, fn: () => Promise<R>): Promise<R>;
  withMetadata<R>(metadata: Metadata, fn: () => Promise<R>): Promise<R>;
}

/**
 * A connection to a server, shared by any number of clients and workers.
 *
 * @example
 * ```ts
 * const connection = await Connection.connect({ address: 'localhost:7233' });
 * const client = new Client({ connection });
 * ```
 */
export class Connection implements ConnectionLike {
  readonly options: ConnectionOptionsWithDefaults;
  /** The raw workflow service: requests and responses as on the wire, with retries. */
  readonly workflowService: RawWorkflowService;
  readonly operatorService: RawOperatorService;
  /** Served by test servers only. */
  readonly testService: RawTestService;
  readonly healthService: RawHealthService;
  readonly transport: Transport;
  readonly pollTransport: Transport;
  readonly eagerStarts = new EagerStarts();
  readonly plugins: ConnectionOptionsWithDefaults['plugins'];
  readonly #channels: Channels;
  readonly #headers: StandingHeaders;
  readonly #path: CallPath;
  readonly #holders = new Set<symbol>();
  #connected: Promise<void> | undefined;
  #capabilities: temporal.api.workflowservice.v1.GetSystemInfoResponse.Capabilities = {};

  protected constructor(options: ConnectionOptionsWithDefaults, channels: Channels) {
    this.options = options;
    this.plugins = options.plugins;
    this.#channels = channels;
    this.#headers = { metadata: options.metadata, apiKey: options.apiKey };
    this.transport = new HeaderTransport(() => channels.main(), this.#headers);
    this.pollTransport = new HeaderTransport(() => channels.poll(), this.#headers);
    const retry = options.interceptors === undefined ? defaultGrpcRetryOptions() : undefined;
    this.#path = new CallPath(this.transport, retry);
    this.workflowService = rawService(WorkflowService.methods, this.#path);
    this.operatorService = rawService(OperatorService.methods, this.#path);
    this.testService = rawService(TestService.methods, this.#path);
    this.healthService = rawService(Health.methods, this.#path);
  }

  /**
   * Connects and waits until the server answers.
   *
   * @throws ServiceError when no server answers within `connectTimeout`.
   */
  static async connect(options: ConnectionOptions = {}): Promise<Connection> {
    const connection = this.lazy(options);
    try {
      await connection.ensureConnected();
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** A connection that connects at its first call. */
  static lazy(options: ConnectionOptions = {}): Connection {
    const complete = completeConnectionOptions(options, this.configureBy);
    return new this(complete, connectGrpc(complete));
  }

  /** Which of a plugin's hooks is for connections of this class. */
  protected static configureBy = configureByPlugin;

  /**
   * A connection over a transport of the caller's, such as a server in the same process.
   * Closing the connection leaves the transport open: its maker closes it.
   */
  static fromTransport(transport: Transport, options: Pick<ConnectionOptions, 'metadata' | 'apiKey'> = {}): Connection {
    const complete = completeConnectionOptions({ ...options, tls: false });
    return new Connection(complete, {
      main: () => transport,
      poll: () => transport,
      waitForReady: () => Promise.resolve(),
      close: () => Promise.resolve(),
    });
  }

  /** What the server said it can do; empty before the connection is made. */
  get capabilities(): temporal.api.workflowservice.v1.GetSystemInfoResponse.Capabilities {
    return this.#capabilities;
  }

  /**
   * Waits until the server has answered once.
   *
   * @throws ServiceError when it does not within `connectTimeout`. A later call tries again.
   */
  async ensureConnected(): Promise<void> {
    this.#connected ??= this.#handshake();
    try {
      await this.#connected;
    } catch (error) {
      this.#connected = undefined;
      throw error;
    }
  }

  /** Runs `fn`; the calls made in it fail with DEADLINE_EXCEEDED after `deadline`, a date or ms since epoch. */
  withDeadline<R>(deadline: number | Date, fn: () => Promise<R>): Promise<R> {
    return this.withCallContext({ deadline }, fn);
  }

  /** Runs `fn`; the calls made in it are cancelled when `signal` aborts. */
  withAbortSignal<R>(signal: AbortSignal, fn: () => Promise<R>): Promise<R> {
    return this.withCallContext({ abortSignal: signal }, fn);
  }

  /** Runs `fn`; the calls made in it carry `metadata` over the connection's own. */
  withMetadata<R>(metadata: Metadata, fn: () => Promise<R>): Promise<R> {
    return this.withCallContext({ metadata }, fn);
  }

  /** Runs `fn`; the calls made in it carry this API key. */
  withApiKey<R>(apiKey: string, fn: () => Promise<R>): Promise<R> {
    return this.withCallContext({ metadata: { authorization: `Bearer ${apiKey}` } }, fn);
  }

  /** Runs `fn` under all of `context`. */
  withCallContext<R>(context: CallContext, fn: () => Promise<R>): Promise<R> {
    return this.#path.within(context, fn);
  }

  /** Replaces the headers of every call. */
  setMetadata(metadata: Metadata): void {
    this.#headers.metadata = metadata;
  }

  /** Replaces the API key of every call. */
  setApiKey(apiKey: string): void {
    this.#headers.apiKey = apiKey;
  }

  /** Keeps the connection from being closed until the returned function is called; for workers. */
  retain(): () => void {
    const holder = Symbol('holder');
    this.#holders.add(holder);
    return () => {
      this.#holders.delete(holder);
    };
  }

  /**
   * Closes the channels. Calls under way fail.
   *
   * @throws IllegalStateError while a worker uses the connection.
   */
  async close(): Promise<void> {
    if (this.#holders.size > 0)
      throw new IllegalStateError('Cannot close connection while Workers hold a reference to it');
    await this.#channels.close();
  }

  /** The same as `close`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #handshake(): Promise<void> {
    const { connectTimeoutMs } = this.options;
    const deadline = Date.now() + connectTimeoutMs;
    await this.#channels.waitForReady(deadline);
    try {
      const info = await this.withDeadline(deadline, () => this.workflowService.getSystemInfo({}));
      this.#capabilities = info.capabilities ?? {};
    } catch (error) {
      if (error instanceof RpcError && error.code === status.UNIMPLEMENTED) return;
      throw new ServiceError(`The server at ${this.options.address} did not answer GetSystemInfo`, { cause: error });
    }
  }
}
