import { expect, test } from 'vitest';
import { completeConnectionOptions } from './connection-options.ts';

test.each([
  ['dnsLoadBalancingConfig', {}, 'Connection option dnsLoadBalancingConfig is not supported: set channelArgs'],
  ['grpcCompression', { codec: 'zstd' }, "grpcCompression.codec must be 'gzip' or 'none', got 'zstd'"],
  ['payloadLimits', { memoWarnSize: 'much' }, 'payloadLimits.memoWarnSize'],
  ['payloadLimits', { payloadWarnSize: 3 }, 'payloadLimits.payloadWarnSize is not known; there are payloadsWarnSize'],
  ['adress', 'localhost', 'Connection option adress is not known'],
])('the option %s is refused, not ignored', (name, value, message) => {
  expect(() => completeConnectionOptions({ [name]: value })).toThrow(message);
});

test('an option without a value is as good as none', () => {
  expect(completeConnectionOptions({ tls: null }).tls).toBe(false);
});

test.each([
  ['localhost', 'localhost:7233'],
  ['my-server.example.com:80', 'my-server.example.com:80'],
  ['10.0.0.1', '10.0.0.1:7233'],
  ['[::1]', '[::1]:7233'],
  ['[fe80::1%eth0]:80', '[fe80::1%eth0]:80'],
  ['::1', '[::1]:7233'],
])('the address %s is %s', (address, complete) => {
  expect(completeConnectionOptions({ address }).address).toBe(complete);
});

test.each([':invalid', 'host:port', 'a b', 'host:80:90', '[::1', 'host/path'])('%s is no address', (address) => {
  expect(() => completeConnectionOptions({ address })).toThrow('Invalid address for Temporal gRPC endpoint');
});
