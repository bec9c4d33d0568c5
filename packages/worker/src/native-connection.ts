/** The connection of workers under the name by which users know it: it is the client's, for there is no native code. */
import { Connection, ServiceError, type ConnectionOptions, type ConnectionPlugin } from '@reprise/client';
import { IllegalStateError } from '@reprise/common';
import { TransportError } from './errors.ts';

/** Options of a worker's connection: those of the client's. */
export type NativeConnectionOptions = ConnectionOptions;

/** Changes the options of workers' connections. */
export interface NativeConnectionPlugin {
  readonly name: string;
  /** Given the options, returns those to use. Without it, `configureConnection` is called. */
  configureNativeConnection?(options: NativeConnectionOptions): NativeConnectionOptions;
}

/**
 * The connection of workers; clients may share it.
 *
 * @example
 * ```ts
 * const connection = await NativeConnection.connect({ address: 'localhost:7233' });
 * const worker = await Worker.create({ connection, taskQueue: 'orders', workflowsPath });
 * ```
 */
export class NativeConnection extends Connection {
  protected static override configureBy = (
    plugin: ConnectionPlugin<ConnectionOptions> & NativeConnectionPlugin,
    options: NativeConnectionOptions,
  ): NativeConnectionOptions =>
    plugin.configureNativeConnection === undefined
      ? (plugin.configureConnection?.(options) ?? options)
      : plugin.configureNativeConnection(options);

  /**
   * Connects and waits until the server answers.
   *
   * @throws TransportError when no server answers within `connectTimeout`, with the reason in its cause
   */
  static override async connect(options?: NativeConnectionOptions): Promise<NativeConnection> {
    try {
      return (await super.connect(options)) as NativeConnection;
    } catch (error) {
      if (error instanceof ServiceError) throw new TransportError(error.message, { cause: error });
      throw error;
    }
  }

  #isClosed = false;

  /**
   * Closes the channels. Calls under way fail.
   *
   * @throws IllegalStateError while a worker uses the connection, and when it is closed already
   */
  override async close(): Promise<void> {
    if (this.#isClosed) throw new IllegalStateError('Client already closed');
    await super.close();
    this.#isClosed = true;
  }

  /** @deprecated The same as `connect`. */
  static create(options?: NativeConnectionOptions): Promise<NativeConnection> {
    return NativeConnection.connect(options);
  }
}
