import { meterTo } from '@reprise/common';
import { expect, test } from 'vitest';
import { MetricStore } from './metric-store.ts';
import { prometheusText } from './prometheus-text.ts';

function measured(): MetricStore {
  const store = new MetricStore({
    prefix: 'temporal_',
    globalTags: {},
    ownTags: { service_name: 's' },
    bucketOverrides: {},
  });
  const own = meterTo((measurement) => store.record(measurement, true));
  own.createCounter('workflow_completed').add(2, { workflow_type: 'a "b"' });
  own.createGauge('sticky_cache_size').set(5);
  const latency = own.createHistogram('workflow_task_execution_latency', 'float', 'ms');
  latency.record(3);
  latency.record(4000);
  const users = meterTo((measurement) => store.record(measurement, false));
  users.createCounter('orders', 'items', 'Orders').add(1);
  users.createHistogram('cart-size', 'int').record(60, { 'shop.name': 'b', a: true });
  return store;
}

test('metrics are written as Prometheus reads them', () => {
  const format = { countersTotalSuffix: false, unitSuffix: false, useSecondsForDurations: false };
  const text = prometheusText(measured().families(), format);
  expect(text).toContain('temporal_workflow_completed{service_name="s",workflow_type="a \\"b\\""} 2\n');
  expect(text).toContain('# TYPE temporal_sticky_cache_size gauge\ntemporal_sticky_cache_size{service_name="s"} 5\n');
  expect(text).toContain('temporal_workflow_task_execution_latency_bucket{service_name="s",le="10"} 1\n');
  expect(text).toContain('temporal_workflow_task_execution_latency_bucket{service_name="s",le="+Inf"} 2\n');
  expect(text).toContain('temporal_workflow_task_execution_latency_sum{service_name="s"} 4003\n');
  expect(text).toContain('# HELP orders Orders\n# TYPE orders counter\norders 1\n');
  expect(text).toContain('cart_size_bucket{a="true",shop_name="b",le="50"} 0\n');
});

test('suffixes and seconds are written where asked for', () => {
  const format = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
  const text = prometheusText(measured().families(), format);
  expect(text).toContain('temporal_workflow_completed_total{');
  expect(text).toContain('temporal_workflow_task_execution_latency_seconds_sum{service_name="s"} 4.003\n');
  expect(text).toContain('orders_items_total 1\n');
});
