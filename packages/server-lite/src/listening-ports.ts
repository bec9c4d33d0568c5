/** The ports that the server has open. gRPC is loaded when the first is wanted. */
import { OperatorService, TestService, WorkflowService } from '@reprise/proto';
import type { MetricsEndpoint } from './metrics/metrics-endpoint.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Frontend } from './rpc/frontend.ts';
import type { GrpcServer } from './rpc/grpc-server.ts';
import type { ServerTlsOptions } from './server-options.ts';

const maxReceiveBytes = 4 * 1024 * 1024;

export interface ListeningPortsOptions {
  readonly ip: string;
  readonly frontend: Frontend;
  readonly metrics: Metrics | undefined;
  readonly tls: ServerTlsOptions | undefined;
}

export class ListeningPorts {
  readonly #options: ListeningPortsOptions;
  #grpc: Promise<GrpcServer> | undefined;
  #port: number | undefined;
  #metrics: MetricsEndpoint | undefined;

  constructor(options: ListeningPortsOptions) {
    this.#options = options;
  }

  get address(): string {
    if (this.#port === undefined) {
      throw new Error(
        'expected a listening server, found one without a port: give startServer a port, or await listen()',
      );
    }
    return `${this.#host}:${this.#port}`;
  }

  get metricsPort(): number | undefined {
    return this.#metrics?.port;
  }

  /** Once open, the same port stays. */
  async listen(port: number): Promise<string> {
    this.#grpc ??= this.#openGrpc(port);
    this.#port = (await this.#grpc).port;
    return this.address;
  }

  async serveMetrics(port: number): Promise<void> {
    const { startMetricsEndpoint } = await import('./metrics/metrics-endpoint.ts');
    const { metrics, ip } = this.#options;
    if (metrics) this.#metrics = await startMetricsEndpoint(metrics, ip, port);
  }

  async stop(graceMs: number): Promise<void> {
    const grpc = await this.#grpc?.catch(() => undefined);
    await Promise.all([grpc?.stop(graceMs), this.#metrics?.stop()]);
  }

  get #host(): string {
    return this.#options.ip.includes(':') ? `[${this.#options.ip}]` : this.#options.ip;
  }

  async #openGrpc(port: number): Promise<GrpcServer> {
    const { startGrpcServer } = await import('./rpc/grpc-server.ts');
    const { ip, frontend, tls } = this.#options;
    const services = [WorkflowService, OperatorService, TestService];
    try {
      return await startGrpcServer({ frontend, services, ip, port, maxReceiveBytes, tls });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (!text.includes('EADDRINUSE')) throw error;
      throw new Error(`expected port ${port} of ${ip} to be free, found that another process listens on it`, {
        cause: error,
      });
    }
  }
}
