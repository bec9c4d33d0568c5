/** Serves metrics over HTTP, at any path, on an address such as `127.0.0.1:9464`; throws where it cannot. */
import type { Server } from 'node:http';
import { getSystemErrorMap } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { MetricStore } from './metric-store.ts';
import { prometheusText, type PrometheusFormat } from './prometheus-text.ts';

export function servePrometheus(store: MetricStore, bindAddress: string, format: PrometheusFormat): Server {
  // An import at the top would load what all of HTTP needs, `fetch` and WebSocket too, for every worker.
  const { createServer } = process.getBuiltinModule('node:http');
  const { host, port } = parseAddress(bindAddress);
  requireFree(host, port);
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
    throw new TypeError(
      `Invalid metricsExporter.prometheus.socketAddr: bindAddress must be host:port, but is ${JSON.stringify(address)}`,
    );
  }
  return { host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port };
}

const RESERVED_MS = 5000;

/** Tries the address in another thread, since a program is to hear here, and not later, that it cannot have it. */
function requireFree(host: string, port: number): void {
  const answer = new Int32Array(new SharedArrayBuffer(4));
  const code = `
    const { answer, host, port } = require('node:worker_threads').workerData;
    const say = (what) => { Atomics.store(answer, 0, what); Atomics.notify(answer, 0); };
    const server = require('node:net').createServer();
    server.on('error', (error) => say(error.errno ?? -1));
    server.listen(port, host, () => server.close(() => say(1)));
  `;
  new Worker(code, { eval: true, workerData: { answer, host, port } }).unref();
  Atomics.wait(answer, 0, 0, RESERVED_MS);
  const errno = Atomics.load(answer, 0);
  if (errno >= 0) return;
  const [name, text] = getSystemErrorMap().get(errno) ?? ['EUNKNOWN', 'unknown error'];
  const why = name === 'EADDRINUSE' ? 'Address already in use' : text;
  throw new Error(`Failed to start prometheus metrics exporter: socket address ${host}:${port}: ${why} (${name})`);
}
