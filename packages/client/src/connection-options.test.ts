import { expect, test } from 'vitest';
import { completeConnectionOptions } from './connection-options.ts';

test.each([
  ['dnsLoadBalancingConfig', {}, 'Connection option dnsLoadBalancingConfig is not supported: set channelArgs'],
  ['grpcCompression', { codec: 'zstd' }, "grpcCompression.codec must be 'gzip' or 'none', got 'zstd'"],
  ['payloadLimits', { memoWarnSize: 'much' }, 'payloadLimits.memoWarnSize'],
  ['adress', 'localhost', 'Connection option adress is not known'],
])('the option %s is refused, not ignored', (name, value, message) => {
  expect(() => completeConnectionOptions({ [name]: value })).toThrow(message);
});

test('an option without a value is as good as none', () => {
  expect(completeConnectionOptions({ tls: null }).tls).toBe(false);
});
