import { expect, test } from 'vitest';
import { RunFlags, SdkFlags } from './run-flags.ts';

const replaying = (lastSdkVersion?: string) => ({ isReplaying: true, lastSdkVersion });

test('new ground turns a flag on for good', () => {
  const flags = new RunFlags();
  const flag = SdkFlags.OpenTelemetryInterceptorsInstrumentsAllMethods;
  expect(flags.has(flag, replaying())).toBe(false);
  expect(flags.has(flag, { isReplaying: false })).toBe(true);
  expect(flags.has(flag, replaying())).toBe(true);
  expect(flags.known).toEqual([6]);
});

test.each([
  ['1.11.4', false, false, false],
  ['1.11.5', true, false, false],
  ['1.11.6', true, true, false],
  ['1.13.2', true, true, true],
  ['1.24.0', true, true, true],
  ['2.0.0-rc.1', true, true, true],
  ['0.1.0', false, false, false],
  ['', false, false, false],
])('the version that wrote a history stands in for tracing flags: %s', (version, signals, local, yields) => {
  const has = (flag: { id: number }) => new RunFlags().has(flag, replaying(version));
  expect([
    has(SdkFlags.OpenTelemetryInterceptorsTracesInboundSignals),
    has(SdkFlags.OpenTelemetryInterceptorsTracesLocalActivities),
    has(SdkFlags.OpenTelemetryInterceporsAvoidsExtraYields),
  ]).toEqual([signals, local, yields]);
});

test.each([
  ['@temporalio/worker@1.11.0+abc', true],
  ['@temporalio/worker@1.11.1+abc', true],
  ['@temporalio/worker@1.11.2+abc', false],
  ['@temporalio/worker@1.10.3+abc', false],
  [undefined, false],
])('builds whose histories lack flags that they acted by are known by their id: %s', (currentBuildId, acted) => {
  for (const flag of [
    SdkFlags.NonCancellableScopesAreShieldedFromPropagation,
    SdkFlags.ProcessWorkflowActivationJobsAsSingleBatch,
  ]) {
    expect(new RunFlags().has(flag, { isReplaying: true, currentBuildId })).toBe(acted);
  }
});

test('a flag that nobody knows is an error', () => {
  expect(() => new RunFlags().add([7])).toThrow('Unknown SDK flag: 7');
});
