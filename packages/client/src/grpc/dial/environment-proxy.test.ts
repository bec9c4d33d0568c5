import { describe, expect, it } from 'vitest';
import { environmentProxy } from './environment-proxy.ts';

const proxy = 'http://proxy:3128';

describe('environmentProxy', () => {
  it.each([
    [{}, undefined],
    [{ http_proxy: proxy }, { host: 'proxy', port: 3128 }],
    [
      { http_proxy: proxy, grpc_proxy: 'http://first' },
      { host: 'first', port: 80 },
    ],
    [{ https_proxy: 'http://[::1]:3128' }, { host: '::1', port: 3128 }],
    [{ grpc_proxy: 'https://proxy' }, undefined],
    [{ grpc_proxy: 'not a url' }, undefined],
    [{ grpc_proxy: proxy, no_proxy: 'other,shop.example' }, undefined],
    [
      { grpc_proxy: proxy, no_proxy: 'other' },
      { host: 'proxy', port: 3128 },
    ],
    [
      { grpc_proxy: proxy, no_grpc_proxy: 'other', no_proxy: 'example' },
      { host: 'proxy', port: 3128 },
    ],
  ])('finds for a name in %j: %j', (environment, target) => {
    expect(environmentProxy('my.shop.example', environment)?.target).toEqual(target);
  });

  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['200.1.2.3', '200.1.2.0/24', true],
    ['200.1.3.3', '200.1.2.0/24', false],
    ['1.2.3.4', '0.0.0.0/0', true],
    ['1.2.3.4', '1.2.3.4/99', false],
  ])('excepts %s by %s: %s', (host, range, isExcepted) => {
    const found = environmentProxy(host, { grpc_proxy: proxy, no_proxy: range });
    expect(found === undefined).toBe(isExcepted);
  });

  it('takes name and password, or the name alone', () => {
    expect(environmentProxy('h', { grpc_proxy: 'http://ada:s%40fe@proxy' })?.credentials).toBe('ada:s@fe');
    expect(environmentProxy('h', { grpc_proxy: 'http://ada@proxy' })?.credentials).toBe('ada');
    expect(environmentProxy('h', { grpc_proxy: 'http://proxy' })?.credentials).toBeUndefined();
  });
});
