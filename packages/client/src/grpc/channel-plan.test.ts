import { credentials } from '@grpc/grpc-js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { completeConnectionOptions } from '../connection-options.ts';
import type { ConnectionOptions } from '../connection-options.ts';
import { planChannel } from './channel-plan.ts';
import type { ChannelPlan } from './channel-plan.ts';

afterEach(() => vi.unstubAllEnvs());

const planOf = (options: ConnectionOptions): ChannelPlan | undefined => planChannel(completeConnectionOptions(options));

describe('planChannel', () => {
  const foreign: readonly (readonly [what: string, options: ConnectionOptions])[] = [
    ['interceptors', { interceptors: [] }],
    ['credentials', { credentials: credentials.createInsecure() }],
    ['callCredentials', { tls: true, callCredentials: [credentials.createEmpty()] }],
    ['compression other than gzip', { channelArgs: { 'grpc.default_compression_algorithm': 1 } }],
    ['a service config', { channelArgs: { 'grpc.service_config': '{}' } }],
    ['a proxy without a port', { proxy: { type: 'http-connect', targetHost: 'unix:/run/proxy' } }],
  ];
  it.each(foreign)('leaves %s to grpc-js', (_what, options) => {
    expect(planOf(options)).toBeUndefined();
  });

  it('leads to the server with the defaults', () => {
    expect(planOf({})).toEqual({
      address: 'localhost:7233',
      route: { target: { host: 'localhost', port: 7233 }, tunnel: undefined, tls: undefined },
      identity: {
        authority: 'localhost:7233',
        isSecure: false,
        userAgent: expect.stringMatching(/^grpc-typescript-reprise\//) as string,
        encoding: undefined,
      },
      keepalive: { timeMs: 30_000, timeoutMs: 15_000, withoutCalls: true },
      reconnect: { initialMs: 250, maxMs: 10_000 },
      maxReceiveBytes: 128 * 1024 * 1024,
      maxSendBytes: -1,
      compresses: false,
    });
    expect(planOf({ address: '::1' })?.route.target).toEqual({ host: '::1', port: 7233 });
  });

  it('compresses with gzip, whichever way it is asked to', () => {
    const gzip = { compresses: true, identity: { encoding: 'gzip' } };
    expect(planOf({ grpcCompression: { codec: 'gzip' } })).toMatchObject(gzip);
    expect(planOf({ channelArgs: { 'grpc.default_compression_algorithm': 2 } })).toMatchObject(gzip);
  });

  it('follows channel arguments', () => {
    const plan = planOf({
      channelArgs: {
        'grpc.default_authority': 'shop',
        'grpc.keepalive_time_ms': 5_000,
        'grpc.keepalive_permit_without_calls': 0,
        'grpc.max_reconnect_backoff_ms': 100,
        'grpc.secondary_user_agent': 'last',
        'grpc.max_receive_message_length': -1,
      },
    });
    expect(plan).toMatchObject({
      identity: { authority: 'shop', userAgent: expect.stringMatching(/ last$/) as string },
      keepalive: { timeMs: 5_000, withoutCalls: false },
      reconnect: { initialMs: 100, maxMs: 100 },
      maxReceiveBytes: -1,
    });
  });

  it.each([
    [{ tls: true }, 'shop.example:7233', 'shop.example'],
    [{ tls: { serverNameOverride: 'other.example' } }, 'other.example', 'other.example'],
    [
      { tls: true, channelArgs: { 'grpc.ssl_target_name_override': 'arg.example' } },
      'shop.example:7233',
      'arg.example',
    ],
  ] as const)('expects the right name with %j', (options, authority, serverName) => {
    expect(planOf({ address: 'shop.example', ...options })).toMatchObject({
      identity: { authority, isSecure: true },
      route: { tls: { serverName } },
    });
  });

  it('goes through the proxy of the options, or that of the environment', () => {
    vi.stubEnv('grpc_proxy', 'http://ada:s%40fe@proxy.example:3128');
    const basicAuth = { username: 'bob', password: 'pw' };
    const given = planOf({ proxy: { type: 'http-connect', targetHost: 'other.example:80', basicAuth } });
    expect(given?.route).toMatchObject({
      target: { host: 'other.example', port: 80 },
      tunnel: { address: 'localhost:7233', credentials: 'bob:pw' },
    });
    expect(planOf({})?.route).toMatchObject({
      target: { host: 'proxy.example', port: 3128 },
      tunnel: { address: 'localhost:7233', credentials: 'ada:s@fe' },
    });
    expect(planOf({ channelArgs: { 'grpc.enable_http_proxy': 0 } })?.route.tunnel).toBeUndefined();
    vi.stubEnv('no_grpc_proxy', 'example.com,localhost');
    expect(planOf({})?.route.tunnel).toBeUndefined();
  });
});
