import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics.ts';

export interface MetricsEndpoint {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves `/metrics` to Prometheus. */
export async function startMetricsEndpoint(metrics: Metrics, ip: string, port: number): Promise<MetricsEndpoint> {
  const server: Server = createServer((request, response) => {
    const isMetrics = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    response.statusCode = isMetrics ? 200 : 404;
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(isMetrics ? metrics.text() : 'the metrics are at /metrics\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ip, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
