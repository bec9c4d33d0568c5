/** Serves metrics over HTTP, at any path, on an address such as `127.0.0.1:9464`. */
import type { Server } from 'node:http';
import type { MetricStore } from './metric-store.ts';
import { prometheusText, type PrometheusFormat } from './prometheus-text.ts';

export function servePrometheus(store: MetricStore, bindAddress: string, format: PrometheusFormat): Server {
  // An import at the top would load what all of HTTP needs, `fetch` and WebSocket too, for every worker.
  const { createServer } = process.getBuiltinModule('node:http');
  const { host, port } = parseAddress(bindAddress);
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    response.end(prometheusText(store.families(), format));
  });
  server.listen(port, host);
  server.unref();
  return server;
}

function parseAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  const port = Number(address.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new TypeError(`Invalid bindAddress for Prometheus metrics: expected host:port, got '${address}'`);
  }
  return { host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port };
}
