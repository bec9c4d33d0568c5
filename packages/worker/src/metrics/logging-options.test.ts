import { expect, test } from 'vitest';
import { makeTelemetryFilterString } from './logging-options.ts';
import { startTelemetry } from './telemetry.ts';

test('a filter names the parts of the SDK', () => {
  expect(makeTelemetryFilterString({ core: 'INFO' })).toMatch(/^ERROR,.*temporalio_sdk_core=INFO/);
  expect(makeTelemetryFilterString({ core: 'DEBUG', other: 'WARN' })).toMatch(/^WARN,/);
});

test('what telemetry cannot do is refused', () => {
  const start = (options: object) => () => startTelemetry(options);
  expect(start({ logging: { forward: {}, filter: 'INFO' } })).not.toThrow();
  expect(start({ logging: { console: {} } })).toThrow('telemetryOptions.logging.console');
  expect(start({ tracing: {} })).toThrow('telemetryOptions.tracing');
  expect(start({ metrics: { otel: { url: 'http://collector' } } })).toThrow('other exporters are not supported');
});
