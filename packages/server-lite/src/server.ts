/** A server in this process: started, listening, stopped. */
import { type Transport } from '@reprise/proto';
import { checkListenAddress } from './listen-address.ts';
import { inProcessTransport } from './rpc/in-process-transport.ts';
import type { ServerOptions } from './server-options.ts';
import { ListeningPorts } from './listening-ports.ts';
import { assemble } from './assemble.ts';

const stopGraceMs = 1000;

/** A server that is running. */
export interface RunningServer {
  /** `host:port` of the gRPC service. @throws Error when the server was started without a port and `listen` was not called */
  readonly address: string;
  /** Port of the metrics; undefined without the option `metricsPort`. */
  readonly metricsPort: number | undefined;
  /** Namespaces of users. */
  readonly namespaces: readonly string[];
  /** Calls the server directly, without a network: hand it to a client or worker in the same process. */
  readonly transport: Transport;
  /**
   * What keeps virtual time from being skipped now, in words: locks that clients have taken, and work that is under way.
   * Empty when nothing does, and on a server whose time is the machine's.
   */
  timeHolders(): readonly string[];
  /** Opens the port that was not opened at the start. Resolves to `address`. */
  listen(): Promise<string>;
  /** Answers open polls, finishes what is under way, closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts a server in this process.
 *
 * @throws Error when the port is taken, the address is not allowed, or the database is in use or not ours
 * @example
 * const server = await startServer({ port: 7233, dbFilename: 'reprise.db' });
 * console.log(server.address);
 * await server.stop();
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const ip = options.ip ?? '127.0.0.1';
  const isProtected = options.tls?.clientCa !== undefined || (options.apiKeys?.length ?? 0) > 0;
  checkListenAddress({ ip, isProtected, allowRemote: options.allowRemote === true });
  const { frontend, metrics, namespaces, timeSkipping, listening, drain, close } = assemble(options);
  const ports = new ListeningPorts({ ip, frontend, metrics, tls: options.tls });
  const listen = async (port: number): Promise<string> => (listening.address = await ports.listen(port));
  let stopped = false;
  try {
    if (options.port !== undefined) await listen(options.port);
    if (options.metricsPort !== undefined) await ports.serveMetrics(options.metricsPort);
  } catch (error) {
    await drain(0);
    await ports.stop(0);
    close();
    throw error;
  }
  return {
    get address() {
      return ports.address;
    },
    get metricsPort() {
      return ports.metricsPort;
    },
    namespaces: namespaces
      .list()
      .map(({ name }) => name)
      .filter((name) => name !== 'temporal-system'),
    transport: inProcessTransport(frontend, () => stopped),
    timeHolders: () => timeSkipping?.holders() ?? [],
    listen: () => listen(0),
    async stop() {
      if (stopped) return;
      stopped = true;
      await drain(stopGraceMs);
      await ports.stop(stopGraceMs);
      close();
    },
  };
}
