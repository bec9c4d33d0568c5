import { expect, test } from 'vitest';
import { DefaultLogger } from '../log/default-logger.ts';
import { makeTelemetryFilterString } from './logging-options.ts';
import { startTelemetry } from './telemetry.ts';

test('a filter names the parts of the SDK', () => {
  expect(makeTelemetryFilterString({ core: 'INFO' })).toMatch(/^ERROR,.*temporalio_sdk_core=INFO/);
  expect(makeTelemetryFilterString({ core: 'DEBUG', other: 'WARN' })).toMatch(/^WARN,/);
});

test('what telemetry cannot do is refused', () => {
  const start = (options: object) => () => startTelemetry(options, () => new DefaultLogger());
  expect(start({ logging: { forward: {}, filter: 'INFO' } })).not.toThrow();
  expect(start({ logging: { console: {} } })).toThrow('telemetryOptions.logging.console');
  expect(start({ tracing: {} })).toThrow('telemetryOptions.tracing');
  expect(start({ metrics: { statsd: {} } })).toThrow('{ prometheus }, { otel } or { buffer }');
  expect(start({ metrics: { otel: { url: 'collector:4317' } } })).toThrow(
    "http:// or https://, found 'collector:4317'",
  );
  expect(start({ metrics: { otel: { url: 'http://collector', metricsExportInterval: 'soon' } } })).toThrow(
    'telemetryOptions.metrics.otel.metricsExportInterval',
  );
  expect(start({ metrics: { otel: { url: 'http://collector', temporality: 'none' } } })).toThrow("found 'none'");
  expect(start({ metrics: { otel: { url: 'http://collector', interval: '1s' } } })).toThrow('otel.interval is not');
});
