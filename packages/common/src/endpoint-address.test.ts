import { expect, it } from 'vitest';
import {
  joinProtoHostPort,
  normalizeGrpcEndpointAddress,
  parseHttpConnectProxyAddress,
  splitProtoHostPort,
} from './endpoint-address.ts';

it.each([
  ['127.0.0.1', { hostname: '127.0.0.1' }],
  ['[::1]', { hostname: '::1' }],
  ['example.com:7890', { hostname: 'example.com', port: 7890 }],
  ['[::1]:7890', { hostname: '::1', port: 7890 }],
  ['http://[::1]:1234', { scheme: 'http', hostname: '::1', port: 1234 }],
])('%s has parts', (address, parts) => {
  expect(splitProtoHostPort(address)).toEqual(parts);
});

it('what is no address has none', () => {
  expect(['::1', 'a:b', 'http://a/b', ''].map(splitProtoHostPort)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(joinProtoHostPort({ scheme: 'http', hostname: '::1', port: 1 })).toBe('http:[::1]:1');
});

it('an endpoint has a port and no scheme', () => {
  const endpoint = (address: string): string => normalizeGrpcEndpointAddress(address, 7233);
  expect(['[::1]', 'example.com', 'example.com:1'].map(endpoint)).toEqual([
    '[::1]:7233',
    'example.com:7233',
    'example.com:1',
  ]);
  for (const address of ['http://example.com', '::1'])
    expect(() => endpoint(address)).toThrow('Invalid address for Temporal');
});

it('a proxy has a port, and may have a scheme', () => {
  expect(parseHttpConnectProxyAddress('[::1]:8080')).toEqual({ scheme: 'http', hostname: '::1', port: 8080 });
  for (const [address, why] of [
    ['a', 'port is required'],
    ['https://a:1', 'scheme must be http'],
    ['::1', 'expected'],
  ] as const)
    expect(() => parseHttpConnectProxyAddress(address)).toThrow(why);
});
