import type { LoadedBaseClientOptions } from './client-options.ts';
import type { ConnectionLike, RawWorkflowService } from './connection.ts';
import type { Metadata } from './connection-options.ts';

/** What all clients have: the connection, and ways to say more of the calls that are made within a function. */
export abstract class ConnectedClient {
  abstract readonly options: LoadedBaseClientOptions;

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
