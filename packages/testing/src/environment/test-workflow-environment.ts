/**
 * A server for tests in this process, and a client of it. Each environment has a server of its own, so that tests that run
 * side by side disturb neither each other's data nor each other's clock.
 */
import { setTimeout as wait } from 'node:timers/promises';

import { Client, type ClientOptions, Connection, type ConnectionOptions } from '@reprise/client';
import { type Duration, msToNumber } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { type RunningServer, type ServerOptions, startServer } from '@reprise/server-lite';

import { TimeSkippingClient } from './time-skipping-client.ts';

/** Options of the environments that bring a server of their own. */
export interface TestWorkflowEnvironmentOptions {
  /** The server: namespaces, search attributes, a port, a file, ... It is in memory and without a port by default. */
  server?: Omit<ServerOptions, 'timeSkipping'>;
  /** The client, apart from its connection. */
  client?: Omit<ClientOptions, 'connection'>;
}

/** Options of an environment on a server that runs already. */
export interface ExistingServerEnvironmentOptions {
  /** `host:port`. Default `localhost:7233`. */
  address?: string;
  /** Default `default`. */
  namespace?: string;
  /** The connection, apart from its address. */
  connectionOptions?: Omit<ConnectionOptions, 'address'>;
  client?: Omit<ClientOptions, 'connection' | 'namespace'>;
}

/** A Nexus endpoint, in the version that it has. */
export interface NexusEndpointIdentifier {
  readonly id: string;
  readonly version: number;
  /** All that the server knows of it. */
  readonly raw: temporal.api.nexus.v1.Endpoint;
}

interface Parts {
  readonly connection: Connection;
  readonly client: Client;
  readonly server: RunningServer | undefined;
  readonly existingAddress: string | undefined;
  readonly supportsTimeSkipping: boolean;
}

/**
 * Where workflow tests run: workers and clients of a test share `connection`, and `client` talks to the server.
 *
 * @example
 * const env = await TestWorkflowEnvironment.createTimeSkipping();
 * const worker = await Worker.create({ connection: env.connection, taskQueue: 'test', workflowsPath, activities });
 * await worker.runUntil(env.client.workflow.execute('order', { taskQueue: 'test', workflowId: 'order-1' }));
 * await env.teardown();
 */
export class TestWorkflowEnvironment {
  readonly client: Client;
  readonly connection: Connection;
  /** Whether the clock of the server jumps over waiting. */
  readonly supportsTimeSkipping: boolean;
  readonly #server: RunningServer | undefined;
  readonly #existingAddress: string | undefined;

  private constructor(parts: Parts) {
    this.client = parts.client;
    this.connection = parts.connection;
    this.supportsTimeSkipping = parts.supportsTimeSkipping;
    this.#server = parts.server;
    this.#existingAddress = parts.existingAddress;
  }

  /** A server in this process whose clock is the machine's. */
  static async createLocal(options: TestWorkflowEnvironmentOptions = {}): Promise<TestWorkflowEnvironment> {
    const server = await startServer(options.server ?? {});
    const connection = Connection.fromTransport(server.transport);
    const client = new Client({ ...options.client, connection });
    return new TestWorkflowEnvironment({
      connection,
      client,
      server,
      existingAddress: undefined,
      supportsTimeSkipping: false,
    });
  }

  /** A server in this process whose clock jumps to the next timer while somebody waits for a result. */
  static async createTimeSkipping(options: TestWorkflowEnvironmentOptions = {}): Promise<TestWorkflowEnvironment> {
    const server = await startServer({ ...options.server, timeSkipping: true });
    const connection = Connection.fromTransport(server.transport);
    const client = new TimeSkippingClient({ ...options.client, connection }, connection.testService);
    return new TestWorkflowEnvironment({
      connection,
      client,
      server,
      existingAddress: undefined,
      supportsTimeSkipping: true,
    });
  }

  /** @throws ServiceError when no server answers at the address */
  static async createFromExistingServer(
    options: ExistingServerEnvironmentOptions = {},
  ): Promise<TestWorkflowEnvironment> {
    const existingAddress = options.address ?? 'localhost:7233';
    const connection = await Connection.connect({ ...options.connectionOptions, address: existingAddress });
    const client = new Client({ ...options.client, connection, namespace: options.namespace ?? 'default' });
    return new TestWorkflowEnvironment({
      connection,
      client,
      server: undefined,
      existingAddress,
      supportsTimeSkipping: false,
    });
  }

  /** The connection for workers: the same as `connection`. */
  get nativeConnection(): Connection {
    return this.connection;
  }

  /** The namespace of `client`. */
  get namespace(): string {
    return this.client.options.namespace;
  }

  /**
   * `host:port` of the server, for others than `connection`.
   *
   * @throws Error while the server in this process has no port: it gets one by `listen()` or the option `server.port`
   */
  get address(): string {
    return this.#existingAddress ?? this.#ownServer().address;
  }

  /** Opens a port on loopback, and resolves to the address. Without it, the server is reached by `connection` alone. */
  async listen(): Promise<string> {
    return this.#existingAddress ?? (await this.#ownServer().listen());
  }

  /** The clock of the server, in ms since epoch. */
  async currentTimeMs(): Promise<number> {
    if (!this.supportsTimeSkipping) return Date.now();
    const { time } = await this.connection.testService.getCurrentTime({});
    return (time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6);
  }

  /**
   * Waits on the clock of the server: where time is skipped, it comes back as soon as all that was due has happened.
   *
   * @param duration ms, or text such as `'3 days'`
   */
  async sleep(duration: Duration): Promise<void> {
    const ms = msToNumber(duration);
    if (!this.supportsTimeSkipping) {
      await wait(ms);
      return;
    }
    const nanos = Math.round((ms % 1000) * 1e6);
    await this.connection.testService.unlockTimeSkippingWithSleep({
      duration: { seconds: Math.floor(ms / 1000), nanos },
    });
  }

  /** Lets the clock of a time-skipping environment jump to a date. Dates that are past are there already. */
  async sleepUntil(date: Date | number): Promise<void> {
    const ms = Number(date) - (await this.currentTimeMs());
    if (ms > 0) await this.sleep(ms);
  }

  /**
   * Makes a Nexus endpoint that leads to the workers of a task queue, in this environment's namespace.
   *
   * @throws an error of gRPC when there is an endpoint of that name, or the name is not one for endpoints
   */
  async createNexusEndpoint(name: string, taskQueue: string): Promise<NexusEndpointIdentifier> {
    const target = { worker: { namespace: this.namespace, taskQueue } };
    const { endpoint } = await this.connection.operatorService.createNexusEndpoint({ spec: { name, target } });
    if (!endpoint?.id) throw new Error(`the server made no Nexus endpoint ${name}`);
    return { id: endpoint.id, version: endpoint.version ?? 0, raw: endpoint };
  }

  /** Removes a Nexus endpoint. */
  async deleteNexusEndpoint({ id, version }: Pick<NexusEndpointIdentifier, 'id' | 'version'>): Promise<void> {
    await this.connection.operatorService.deleteNexusEndpoint({ id, version });
  }

  /** Ends the connection, and the server if it is the environment's own. */
  async teardown(): Promise<void> {
    await this.connection.close();
    await this.#server?.stop();
  }

  #ownServer(): RunningServer {
    if (this.#server === undefined) throw new Error('this environment has no server of its own');
    return this.#server;
  }
}
