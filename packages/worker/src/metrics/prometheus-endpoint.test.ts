import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { MetricStore } from './metric-store.ts';
import { servePrometheus } from './prometheus-endpoint.ts';

const format = { countersTotalSuffix: false, unitSuffix: false, useSecondsForDurations: false };
const store = new MetricStore({ prefix: '', globalTags: {}, ownTags: {}, useSeconds: false, bucketOverrides: {} });

test('an address that cannot be had is refused where it is asked for', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  expect(() => servePrometheus(store, `127.0.0.1:${port}`, format)).toThrow(/Address already in use/);
  other.close();
  await once(other, 'close');
  const server = servePrometheus(store, `127.0.0.1:${port}`, format);
  await once(server, 'listening');
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
  server.close();
});

test('an address that is none is refused', () => {
  expect(() => servePrometheus(store, ':invalid', format)).toThrow(/metricsExporter.prometheus.socketAddr/);
});
