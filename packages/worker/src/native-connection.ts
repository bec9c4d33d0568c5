/** The connection of workers under the name by which users know it: it is the client's, for there is no native code. */
import { Connection, type ConnectionOptions, type ConnectionPlugin } from '@reprise/client';

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
   * @throws ServiceError when no server answers within `connectTimeout`
   */
  static override async connect(options?: NativeConnectionOptions): Promise<NativeConnection> {
    return await super.connect(options);
  }

  /** @deprecated The same as `connect`. */
  static create(options?: NativeConnectionOptions): Promise<NativeConnection> {
    return NativeConnection.connect(options);
  }
}
