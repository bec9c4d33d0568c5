import type { ClientOptions, ClientPlugin, ConnectionOptions, ConnectionPlugin } from '@reprise/client';
import type { Duration, SearchAttributeKey, SearchAttributeType } from '@reprise/common';
import type { ServerOptions } from '@reprise/server-lite';

/** The options of an environment's client: its connection and namespace are the environment's. */
export type ClientOptionsForTestEnv = Omit<ClientOptions, 'namespace' | 'connection'>;

/** What may change the options of an environment's connection and client. */
export type EnvironmentPlugin = ClientPlugin<ClientOptions> | ConnectionPlugin<ConnectionOptions>;

/** An executable to run as the server, in place of the one in this process. */
export type EphemeralServerExecutable =
  | {
      type: 'existing-path';
      /** The `temporal` CLI, or for virtual time a test server that takes its port as its first argument. */
      path: string;
    }
  | {
      /** Nothing is downloaded, whatever the version: the server in this process serves, as without `executable`. */
      type: 'cached-download';
      downloadDir?: string;
      version?: string;
      ttl?: Duration;
    };

/** The server of `createLocal`, by the names that users know. It runs in this process unless `executable` says otherwise. */
export interface DevServerConfig {
  type: 'dev-server';
  executable?: EphemeralServerExecutable;
  /** SQLite file that holds everything; default: in memory. */
  dbFilename?: string;
  /** The namespace of the environment, created at the start. Default `default`. */
  namespace?: string;
  /** Address to listen on; default 127.0.0.1. */
  ip?: string;
  /** Port to listen on; default: any free one. */
  port?: number;
  /** There is no web UI yet: true is refused, but for an `executable`. */
  ui?: boolean;
  /** As `ui`. */
  uiPort?: number;
  /** Default `{ format: 'pretty', level: 'warn' }`. */
  log?: { format: string; level: string };
  /** Arguments of `server start-dev`: of the server in this process those that set a value of an option here. */
  extraArgs?: string[];
  /** Search attributes to create. */
  searchAttributes?: readonly SearchAttributeKey<SearchAttributeType>[];
}

/** The server of `createTimeSkipping`, by the names that users know. */
export interface TimeSkippingServerConfig {
  type: 'time-skipping';
  executable?: EphemeralServerExecutable;
  /** Port to listen on; default: any free one. */
  port?: number;
  /** As those of `DevServerConfig`; an `executable` gets them as they are. */
  extraArgs?: string[];
}

/** What the server in this process takes beside the options that users know. */
export type EmbeddedServerOptions = Pick<ServerOptions, 'namespaces' | 'dynamicConfig' | 'clock' | 'seed' | 'writeLog'>;

/** Options of `createLocal`. */
export interface LocalTestWorkflowEnvironmentOptions {
  server?: Omit<DevServerConfig, 'type'> & EmbeddedServerOptions;
  client?: ClientOptionsForTestEnv;
  plugins?: readonly EnvironmentPlugin[];
}

/** Options of `createTimeSkipping`: any server can have virtual time, so those of `createLocal` too. */
export interface TimeSkippingTestWorkflowEnvironmentOptions {
  server?: Omit<TimeSkippingServerConfig, 'type'> & Omit<DevServerConfig, 'type'> & EmbeddedServerOptions;
  client?: ClientOptionsForTestEnv;
  plugins?: readonly EnvironmentPlugin[];
}

/** The options of an environment, with what was left out filled in. */
export interface TestWorkflowEnvironmentOptionsWithDefaults {
  readonly server:
    | (DevServerConfig & EmbeddedServerOptions)
    | (TimeSkippingServerConfig & Omit<DevServerConfig, 'type'> & EmbeddedServerOptions)
    | { type: 'existing'; address: string; namespace?: string };
  readonly client: ClientOptionsForTestEnv;
  readonly plugins: readonly EnvironmentPlugin[];
}

/** How to reach a server that runs already. */
export type ExistingServerConnectionOptions = Pick<ConnectionOptions, 'apiKey' | 'metadata' | 'tls'>;

/** Options of `createFromExistingServer`. */
export interface ExistingServerTestWorkflowEnvironmentOptions {
  /** `host:port`. Default `localhost:7233`. */
  address?: string;
  /** Default `default`. */
  namespace?: string;
  connectionOptions?: ExistingServerConnectionOptions;
  client?: ClientOptionsForTestEnv;
  plugins?: readonly EnvironmentPlugin[];
  /** The server has TestService, and its clock may jump. Default false. */
  supportsTimeSkipping?: boolean;
}
