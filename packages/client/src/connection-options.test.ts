import { expect, test } from 'vitest';
import { completeConnectionOptions } from './connection-options.ts';

test.each([
  ['dnsLoadBalancingConfig', {}, 'Connection option dnsLoadBalancingConfig is not supported: set channelArgs'],
  ['grpcCompression', { codec: 'gzip' }, 'default_compression_algorithm'],
  ['adress', 'localhost', 'Connection option adress is not known'],
])('the option %s is refused, not ignored', (name, value, message) => {
  expect(() => completeConnectionOptions({ [name]: value })).toThrow(message);
});

test('an option without a value is as good as none', () => {
  expect(completeConnectionOptions({ grpcCompression: undefined, tls: null } as object).tls).toBe(false);
});
