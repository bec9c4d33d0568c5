/** The servers of environments, each with a connection to it. */
import { Connection } from '@reprise/client';

import { embeddedServerOptions, type ServerConfig } from './embedded-server.ts';
import type { EnvironmentPlugin, ExistingServerConnectionOptions } from './environment-options.ts';
import { startExecutable } from './executable-server.ts';
import { openLazyPort } from './lazy-port.ts';

/** A server that an environment talks to. */
export interface ReachedServer {
  readonly connection: Connection;
  /** `host:port`. */
  readonly address: string;
  readonly connectionOptions: ExistingServerConnectionOptions;
  /** What keeps virtual time from being skipped; only a server in this process can say. */
  readonly timeHolders?: () => readonly string[];
  /** Ends the server, if it is the environment's own. */
  stop(): Promise<void>;
}

type Plugins = readonly EnvironmentPlugin[] | undefined;

/** A server in this process, or from the executable that the options name. */
export async function openServer(
  type: 'dev-server' | 'time-skipping',
  config: ServerConfig,
  plugins: Plugins,
): Promise<ReachedServer> {
  const { executable } = config;
  if (executable?.type !== 'existing-path') return await embed(type, config, plugins);
  const server = await startExecutable(executable.path, { ...config, type });
  const { connection } = await reachServer({ address: server.address, plugins });
  return { ...server, connection, connectionOptions: {} };
}

/** A server that runs already. @throws ServiceError when none answers at the address */
export async function reachServer(options: {
  readonly address: string;
  readonly connectionOptions?: ExistingServerConnectionOptions | undefined;
  readonly plugins?: Plugins;
}): Promise<ReachedServer> {
  const { address, connectionOptions = {}, plugins = [] } = options;
  const connection = await Connection.connect({ ...connectionOptions, address, plugins });
  return { connection, address, connectionOptions, stop: () => Promise.resolve() };
}

async function embed(
  type: 'dev-server' | 'time-skipping',
  config: ServerConfig,
  plugins: Plugins,
): Promise<ReachedServer> {
  // Loaded here, since tests that replay, or run against a server of their own, do without it.
  const serverLite = await import('@reprise/server-lite');
  const options = embeddedServerOptions(config, serverLite);
  const server = await serverLite.startServer({ ...options, timeSkipping: type === 'time-skipping' });
  const port = config.port === undefined ? await openLazyPort(() => server.listen()) : undefined;
  const address = port?.address ?? server.address;
  const stop = async (): Promise<void> => {
    await port?.close();
    await server.stop();
  };
  // What changes the options of connections wants a real one; without that, calls go straight to the server.
  const changesConnection = plugins?.some((plugin) => 'configureConnection' in plugin) === true;
  const connection = changesConnection
    ? await Connection.connect({ address, plugins })
    : Connection.fromTransport(server.transport);
  return { connection, address, connectionOptions: {}, timeHolders: () => server.timeHolders(), stop };
}
