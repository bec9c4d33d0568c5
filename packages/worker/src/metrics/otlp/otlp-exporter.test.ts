import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createHttp2Server, type Http2Server } from 'node:http2';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, expect, it, vi } from 'vitest';
import type { MetricMeter } from '@reprise/common';
import { DefaultLogger } from '../../log/default-logger.ts';
import { startTelemetry, type Telemetry } from '../telemetry.ts';
import type { OtelCollectorExporter } from './otlp-exporter.ts';
import { readFields } from './read-fields.suite.ts';

const ended: (() => void)[] = [];
afterEach(() => ended.splice(0).forEach((end) => end()));

async function listening(server: Server | Http2Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ended.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

interface Received {
  readonly path: string | undefined;
  readonly key: unknown;
  readonly body: Buffer;
}

/** A collector that hands out what it gets, and answers what it is told to. */
async function httpCollector(status: () => number): Promise<{ port: number; next: () => Promise<Received> }> {
  const waiting: ((received: Received) => void)[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      response.writeHead(status()).end();
      waiting.shift()?.({ path: request.url, key: request.headers['x-key'], body });
    });
  });
  return { port: await listening(server), next: () => new Promise((resolve) => waiting.push(resolve)) };
}

function telemetryTo(otel: OtelCollectorExporter['otel'], lines: string[] = []): Telemetry {
  const logger = new DefaultLogger('WARN', ({ message }) => lines.push(message));
  const globalTags = { env: 'test' };
  const telemetry = startTelemetry(
    { metrics: { globalTags, otel: { metricsExportInterval: 20, ...otel } } },
    () => logger,
  );
  ended.push(() => telemetry.close());
  return telemetry;
}

const meterTo = (otel: OtelCollectorExporter['otel'], lines?: string[]): MetricMeter => telemetryTo(otel, lines).meter;

/** The metrics of a request by their names, each with its fields by their numbers. */
function metricsIn(body: Buffer): Map<string, ReturnType<typeof readFields>> {
  const [resource] = readFields(body).messages(1);
  const [scope] = resource?.messages(2) ?? [];
  return new Map((scope?.messages(2) ?? []).map((metric) => [metric.text(1), metric]));
}

it('sends counters, gauges and histograms over HTTP', async () => {
  const { port, next } = await httpCollector(() => 200);
  const meter = meterTo({ url: `http://127.0.0.1:${port}/v1/metrics`, http: true, headers: { 'x-key': 'k' } });
  meter.createCounter('orders', 'piece', 'Orders taken').add(3, { kind: 'tea', gift: true });
  meter.createGauge('load').set(0.5);
  const latency = meter.createHistogram('latency', 'float', 'ms');
  [40, 60, 20_000].forEach((ms) => latency.record(ms));
  const { path, key, body } = await next();
  expect([path, key]).toEqual(['/v1/metrics', 'k']);

  const [resource] = readFields(body).messages(1)[0]?.messages(1) ?? [];
  expect(resource?.tags(1)).toMatchObject({ 'service.name': 'temporal-core-sdk', env: 'test' });
  const metrics = metricsIn(body);
  const orders = metrics.get('orders');
  expect([orders?.text(2), orders?.text(3)]).toEqual(['Orders taken', 'piece']);
  const [sum] = orders?.messages(7) ?? [];
  expect([sum?.numbers(2), sum?.numbers(3)]).toEqual([[2], [1]]);
  expect(sum?.messages(1)[0]?.fixed(6)).toEqual([3n]);
  expect(sum?.messages(1)[0]?.tags(7)).toEqual({ kind: 'tea', gift: true });
  expect(metrics.get('load')?.messages(5)[0]?.messages(1)[0]?.doubles(4)).toEqual([0.5]);
  const [point] = metrics.get('latency')?.messages(9)[0]?.messages(1) ?? [];
  expect(point?.fixed(4)).toEqual([3n]);
  expect(point?.doubles(5)).toEqual([20_100]);
  expect(point?.packedFixed(6)).toEqual([1n, 1n, 0n, 0n, 0n, 0n, 1n]);
  expect(point?.packedDoubles(7)).toEqual([50, 100, 500, 1000, 2500, 10_000]);
});

it('tells the durations of workers in seconds, those of the user as they are, and with bounds of its own', async () => {
  const { port, next } = await httpCollector(() => 200);
  const histogramBucketOverrides = { latency: [0.01, 1] };
  const url = `http://127.0.0.1:${port}`;
  const { meter, ownMeter } = telemetryTo({ url, http: true, useSecondsForDurations: true, histogramBucketOverrides });
  ownMeter.createHistogram('latency', 'float', 'ms').record(500);
  meter.createHistogram('mine', 'float', 'ms').record(500);
  const metrics = metricsIn((await next()).body);
  const told = (name: string): unknown => {
    const [point] = metrics.get(name)?.messages(9)[0]?.messages(1) ?? [];
    return [metrics.get(name)?.text(3), point?.doubles(5)];
  };
  expect(told('temporal_latency')).toEqual(['s', [0.5]]);
  expect(told('mine')).toEqual(['ms', [500]]);
  const [point] = metrics.get('temporal_latency')?.messages(9)[0]?.messages(1) ?? [];
  expect(point?.packedDoubles(7)).toEqual([0.01, 1]);
});

it('tells what was added since it was told last, when asked for that', async () => {
  let status = 200;
  const { port, next } = await httpCollector(() => status);
  const meter = meterTo({ url: `http://127.0.0.1:${port}`, http: true, temporality: 'delta' });
  const counter = meter.createCounter('orders');
  const valueOf = ({ body }: Received): unknown =>
    metricsIn(body).get('orders')?.messages(7)[0]?.messages(1)[0]?.fixed(6);
  counter.add(3);
  expect(valueOf(await next())).toEqual([3n]);
  counter.add(2);
  status = 503;
  expect(valueOf(await next())).toEqual([2n]);
  status = 200;
  counter.add(1);
  expect(valueOf(await next())).toEqual([3n]);
  expect(valueOf(await next())).toEqual([0n]);
});

it('says once that a collector is away', async () => {
  let status = 503;
  const { port, next } = await httpCollector(() => status);
  const lines: string[] = [];
  meterTo({ url: `http://127.0.0.1:${port}`, http: true }, lines);
  for (let sent = 0; sent < 3; sent++) await next();
  expect(lines).toEqual([expect.stringMatching(/^Metrics could not be sent to http:.*: HTTP 503/)]);
  status = 200;
  await next();
});

it('sends over gRPC', async () => {
  const { promise, resolve } = Promise.withResolvers<Received>();
  const server = createHttp2Server();
  server.on('stream', (stream, headers) => {
    void buffer(stream).then((body) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(Buffer.alloc(5));
      resolve({ path: headers[':path'], key: headers['x-key'], body });
    });
  });
  const lines: string[] = [];
  const port = await listening(server);
  meterTo({ url: `grpc://127.0.0.1:${port}`, headers: { 'x-key': 'k' } }, lines)
    .createCounter('orders')
    .add(1);
  const { path, key, body } = await promise;
  expect([path, key]).toEqual(['/opentelemetry.proto.collector.metrics.v1.MetricsService/Export', 'k']);
  expect([body[0], body.readUInt32BE(1)]).toEqual([0, body.length - 5]);
  expect([...metricsIn(body.subarray(5)).keys()]).toEqual(['orders']);
  expect(lines).toEqual([]);
});

it('says what a gRPC collector refused', async () => {
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.respond({ ':status': 200, 'grpc-status': '16', 'grpc-message': 'no%20key' }, { endStream: true });
  });
  const lines: string[] = [];
  meterTo({ url: `http://127.0.0.1:${await listening(server)}` }, lines);
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lines[0]).toContain('gRPC status 16: no key');
});

it('says which variable names a place that leads nowhere', () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'nowhere');
  ended.push(() => vi.unstubAllEnvs());
  expect(() => meterTo({ url: 'http://127.0.0.1:4317' })).toThrow(
    'OTEL_EXPORTER_OTLP_ENDPOINT must begin with grpc://',
  );
});
