import { meterTo } from '@reprise/common';
import { expect, test } from 'vitest';
import { MetricStore } from './metric-store.ts';
import { prometheusText } from './prometheus-text.ts';

const plain = { countersTotalSuffix: false, unitSuffix: false, useSecondsForDurations: false };

interface Choices {
  useSeconds?: boolean;
  bucketOverrides?: Record<string, number[]>;
}

function measured({ useSeconds = false, bucketOverrides = {} }: Choices = {}): MetricStore {
  const ownTags = { service_name: 's' };
  const globalTags = { zone: 'z', area: 'a' };
  const store = new MetricStore({ prefix: 'temporal_', globalTags, ownTags, useSeconds, bucketOverrides });
  const own = meterTo((measurement) => store.record(measurement, 'own'));
  own.createCounter('workflow_completed').add(2, { workflow_type: 'a "b"' });
  own.createGauge('sticky_cache_size').set(5);
  const latency = own.createHistogram('workflow_task_execution_latency', 'float', 'ms');
  latency.record(3);
  latency.record(4000);
  const user = meterTo((measurement) => store.record(measurement, 'user'));
  user.createCounter('my-orders', 'items', 'Orders').add(1, { b: 1, a: 2 });
  user.createCounter('my-orders', 'items', 'Orders').add(1, { a: 2, b: 1 });
  user.createHistogram('my-wait', 'int', 'ms').record(60);
  user.createGauge('2nd gauge!').set(1);
  return store;
}

test('metrics are written as Prometheus reads them, their labels sorted, before those of all series', () => {
  const text = prometheusText(measured().families(), plain);
  expect(text).toContain(
    'temporal_workflow_completed{service_name="s",workflow_type="a \\"b\\"",area="a",zone="z"} 2\n',
  );
  expect(text).toContain('gauge\ntemporal_sticky_cache_size{service_name="s",area="a",zone="z"} 5\n');
  const latency = 'temporal_workflow_task_execution_latency';
  expect(text).toContain(`${latency}_bucket{service_name="s",area="a",zone="z",le="10"} 1\n`);
  expect(text).toContain(`${latency}_bucket{service_name="s",area="a",zone="z",le="+Inf"} 2\n`);
  expect(text).toContain(`${latency}_sum{service_name="s",area="a",zone="z"} 4003\n`);
  expect([...text.matchAll(/# TYPE (\S+)/g)].map((match) => match[1])).toEqual([
    '_2nd_gauge_',
    'my_orders',
    'my_wait',
    'temporal_sticky_cache_size',
    'temporal_workflow_completed',
    latency,
  ]);
});

test("users' metrics have names that Prometheus takes, and say nothing of the service", () => {
  const text = prometheusText(measured().families(), plain);
  expect(text).toContain(
    '# HELP my_orders Orders\n# TYPE my_orders counter\nmy_orders{a="2",b="1",area="a",zone="z"} 2\n',
  );
  expect(text).toContain('# HELP my_wait my_wait\n');
});

test('suffixes and seconds are written where asked for; what users measured stays in their units', () => {
  const format = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
  const bucketOverrides = { workflow_task_execution_latency: [3, 31] };
  const text = prometheusText(measured({ useSeconds: true, bucketOverrides }).families(), format);
  expect(text).toContain('temporal_workflow_completed_total{');
  expect(text).toMatch(/temporal_workflow_task_execution_latency_seconds_sum\{.*\} 4.003\n/);
  expect(text).toMatch(/temporal_workflow_task_execution_latency_seconds_bucket\{.*le="3"\} 1\n/);
  expect(text).toMatch(/my_wait_ms_bucket\{.*le="0.05"\} 0\n/);
  expect(text).toMatch(/my_wait_ms_sum\{.*\} 60\n/);
  expect(text).toContain('my_orders_total{');
  expect(text).toContain('_2nd_gauge_{');
});
