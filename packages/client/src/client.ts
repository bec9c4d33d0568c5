import { loadBaseClientOptions } from './client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from './client-options.ts';
import type { ConnectionLike, RawWorkflowService } from './connection.ts';
import type { Metadata } from './connection-options.ts';
import type { WorkflowClientInterceptor } from './workflow/interceptors.ts';
import { WorkflowClient } from './workflow/workflow-client.ts';
import type { WorkflowClientOptions } from './workflow/workflow-client.ts';

/** Interceptors by what they intercept. */
export interface ClientInterceptors {
  workflow?: readonly WorkflowClientInterceptor[];
}

/** Options of a `Client`. */
export interface ClientOptions extends BaseClientOptions {
  interceptors?: ClientInterceptors;
  /** Options of `client.workflow` alone. */
  workflow?: Pick<WorkflowClientOptions, 'queryRejectCondition'>;
}

export interface LoadedClientOptions extends LoadedBaseClientOptions {
  readonly interceptors: ClientInterceptors;
}

/**
 * All clients of one namespace over one connection.
 *
 * @example
 * ```ts
 * const client = new Client({ connection: await Connection.connect() });
 * await client.workflow.execute('hello', { workflowId: 'hello-1', taskQueue: 'hello', args: ['World'] });
 * ```
 */
export class Client {
  readonly options: LoadedClientOptions;
  /** Starts workflows and talks to them. */
  readonly workflow: WorkflowClient;

  constructor(options: ClientOptions = {}) {
    const loaded = loadBaseClientOptions(options);
    const interceptors = options.interceptors ?? {};
    this.options = { ...loaded, interceptors };
    const base: BaseClientOptions = { ...options, connection: loaded.connection, identity: loaded.identity };
    this.workflow = new WorkflowClient({ ...base, ...options.workflow, interceptors: interceptors.workflow ?? [] });
  }

  get connection(): ConnectionLike {
    return this.options.connection;
  }

  /** The raw service, without data conversion. */
  get workflowService(): RawWorkflowService {
    return this.options.connection.workflowService;
  }

  /** Runs `fn`; the calls made in it fail after `deadline`, a date or ms since epoch. */
  withDeadline<R>(deadline: number | Date, fn: () => Promise<R>): Promise<R> {
    return this.connection.withDeadline(deadline, fn);
  }

  /** Runs `fn`; the calls made in it are cancelled when `signal` aborts. */
  withAbortSignal<R>(signal: AbortSignal, fn: () => Promise<R>): Promise<R> {
    return this.connection.withAbortSignal(signal, fn);
  }

  /** Runs `fn`; the calls made in it carry `metadata`. */
  withMetadata<R>(metadata: Metadata, fn: () => Promise<R>): Promise<R> {
    return this.connection.withMetadata(metadata, fn);
  }
}
