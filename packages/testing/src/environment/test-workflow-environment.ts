/**
 * A server for tests, and a client of it. Each environment has a server of its own, by default in this process, so that
 * tests that run side by side disturb neither each other's data nor each other's clock.
 */
import { setTimeout as wait } from 'node:timers/promises';

import {
  type AsyncCompletionClient,
  Client,
  type ClientOptions,
  type ClientPlugin,
  type Connection,
  type WorkflowClient,
} from '@reprise/client';
import { type Duration, IllegalStateError, msToNumber } from '@reprise/common';

import { checkEnvironmentOptions, checkExistingOptions } from './check-environment-options.ts';
import type {
  ClientOptionsForTestEnv,
  EnvironmentPlugin,
  ExistingServerConnectionOptions,
  ExistingServerTestWorkflowEnvironmentOptions,
  LocalTestWorkflowEnvironmentOptions,
  TestWorkflowEnvironmentOptionsWithDefaults,
  TimeSkippingTestWorkflowEnvironmentOptions,
} from './environment-options.ts';
import { createNexusEndpoint, type NexusEndpointIdentifier } from './nexus-endpoint.ts';
import { openServer, type ReachedServer, reachServer } from './reached-server.ts';
import { noteTimeHolders, tellingTimeHolders } from './time-holders.ts';
import { TimeSkippingClient } from './time-skipping-client.ts';

interface ClientParts {
  readonly namespace: string | undefined;
  readonly supportsTimeSkipping: boolean;
  readonly serverOptions: TestWorkflowEnvironmentOptionsWithDefaults['server'];
  readonly client?: ClientOptionsForTestEnv;
  readonly plugins?: readonly EnvironmentPlugin[];
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
  /** The namespace of `client`. */
  readonly namespace: string;
  /** `host:port` of the server, for others than `connection`. */
  readonly address: string;
  /** Whether the clock of the server jumps over waiting. */
  readonly supportsTimeSkipping: boolean;
  /** What `connection` was made with. */
  readonly connectionOptions: ExistingServerConnectionOptions;
  /** What it was made with. */
  readonly options: TestWorkflowEnvironmentOptionsWithDefaults;
  readonly #server: ReachedServer;

  private constructor(
    server: ReachedServer,
    { namespace, supportsTimeSkipping, serverOptions, ...parts }: ClientParts,
  ) {
    this.#server = server;
    this.options = { server: serverOptions, client: parts.client ?? {}, plugins: parts.plugins ?? [] };
    this.connection = server.connection;
    this.address = server.address;
    this.connectionOptions = server.connectionOptions;
    this.namespace = namespace ?? 'default';
    this.supportsTimeSkipping = supportsTimeSkipping;
    noteTimeHolders(server.connection, server.timeHolders);
    const plugins = (parts.plugins ?? []).filter(isClientPlugin);
    const options = { plugins, ...parts.client, connection: server.connection, namespace: this.namespace };
    this.client = supportsTimeSkipping ? new TimeSkippingClient(options) : new Client(options);
  }

  /**
   * A server whose clock is the machine's: in this process, ready at once, or an executable of yours.
   *
   * @throws TypeError for an option that cannot be followed
   */
  static async createLocal(options: LocalTestWorkflowEnvironmentOptions = {}): Promise<TestWorkflowEnvironment> {
    checkEnvironmentOptions(options);
    const server = await openServer('dev-server', options.server ?? {}, options.plugins);
    const namespace = options.server?.namespace;
    const serverOptions = { type: 'dev-server' as const, ...options.server };
    return new TestWorkflowEnvironment(server, { ...options, namespace, serverOptions, supportsTimeSkipping: false });
  }

  /**
   * A server whose clock jumps to whatever is due next while somebody waits: for a result, for an update, in `sleep`.
   *
   * @throws TypeError for an option that cannot be followed
   */
  static async createTimeSkipping(
    options: TimeSkippingTestWorkflowEnvironmentOptions = {},
  ): Promise<TestWorkflowEnvironment> {
    checkEnvironmentOptions(options);
    const server = await openServer('time-skipping', options.server ?? {}, options.plugins);
    const namespace = options.server?.namespace;
    const serverOptions = { type: 'time-skipping' as const, ...options.server };
    return new TestWorkflowEnvironment(server, { ...options, namespace, serverOptions, supportsTimeSkipping: true });
  }

  /** @throws ServiceError when no server answers at the address */
  static async createFromExistingServer(
    options: ExistingServerTestWorkflowEnvironmentOptions = {},
  ): Promise<TestWorkflowEnvironment> {
    checkExistingOptions(options);
    const { address = 'localhost:7233', connectionOptions, namespace, plugins, supportsTimeSkipping } = options;
    const server = await reachServer({ address, connectionOptions, plugins });
    return new TestWorkflowEnvironment(server, {
      ...options,
      namespace,
      serverOptions: { type: 'existing', address, ...(namespace !== undefined && { namespace }) },
      supportsTimeSkipping: supportsTimeSkipping === true,
    });
  }

  /** The connection for workers: the same as `connection`. */
  get nativeConnection(): Connection {
    return this.connection;
  }

  /** @deprecated It is `client.workflow`. */
  get workflowClient(): WorkflowClient {
    return this.client.workflow;
  }

  /** @deprecated It is `client.activity`. */
  get asyncCompletionClient(): AsyncCompletionClient {
    return this.client.activity;
  }

  /** The clock of the server, in ms since epoch. */
  currentTimeMs = async (): Promise<number> => {
    if (!this.supportsTimeSkipping) return Date.now();
    const { time } = await this.connection.testService.getCurrentTime({});
    return (time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1e6);
  };

  /**
   * Waits on the clock of the server: where time is skipped, it comes back as soon as all that was due has happened.
   *
   * @param duration ms, or text such as `'3 days'`
   */
  sleep = async (duration: Duration): Promise<void> => {
    const ms = msToNumber(duration);
    if (!this.supportsTimeSkipping) {
      await wait(ms);
      return;
    }
    const nanos = Math.round((ms % 1000) * 1e6);
    await tellingTimeHolders(this.connection, () =>
      this.connection.testService.unlockTimeSkippingWithSleep({ duration: { seconds: Math.floor(ms / 1000), nanos } }),
    );
  };

  /** Lets the clock of a time-skipping environment jump to a date. Dates that are past are there already. */
  async sleepUntil(date: Date | number): Promise<void> {
    const ms = Number(date) - (await this.currentTimeMs());
    if (ms > 0) await this.sleep(ms);
  }

  /**
   * What keeps time from being skipped now, in words: for a test that waits longer than it should. A workflow task or an
   * activity that waits for a worker is named with its task queue.
   *
   * @throws Error when the server is not in this process
   * @example setTimeout(() => console.log(env.timeHolders()), 5000);
   */
  timeHolders(): readonly string[] {
    const { timeHolders } = this.#server;
    if (!timeHolders) throw new Error(`expected a server in this process, found one at ${this.address}`);
    return timeHolders();
  }

  /**
   * Creates a Nexus endpoint whose operations the workers of a task queue handle.
   *
   * @example const endpoint = await env.createNexusEndpoint('payments', 'payments-queue');
   */
  async createNexusEndpoint(name: string, taskQueue: string): Promise<NexusEndpointIdentifier> {
    return await createNexusEndpoint(this.connection, { name, namespace: this.namespace, taskQueue });
  }

  /** Deletes a Nexus endpoint as `createNexusEndpoint` gave it. */
  async deleteNexusEndpoint({ id, version }: Pick<NexusEndpointIdentifier, 'id' | 'version'>): Promise<void> {
    await this.connection.operatorService.deleteNexusEndpoint({ id, version });
  }

  /** Ends the connection, and the server if it is the environment's own. */
  async teardown(): Promise<void> {
    await this.connection.close().catch((error: unknown) => {
      // A worker that is stuck must not keep the environment from ending.
      if (!(error instanceof IllegalStateError)) throw error;
    });
    await this.#server.stop();
  }
}

function isClientPlugin(plugin: EnvironmentPlugin): plugin is ClientPlugin<ClientOptions> {
  return 'configureClient' in plugin;
}
