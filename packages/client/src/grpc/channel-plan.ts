/** What a channel of our own does for the options of a connection, as far as it can do what they say. */
import { GZIP, type ConnectionOptionsWithDefaults } from '../connection-options.ts';
import type { CallIdentity } from './channel/call-headers.ts';
import type { KeepaliveSettings } from './channel/keepalive.ts';
import type { ReconnectSettings } from './channel/reconnect-delay.ts';
import type { Route } from './dial/dial.ts';
import { environmentProxy } from './dial/environment-proxy.ts';
import { parseHostPort } from './dial/host-port.ts';
import type { HostPort } from './dial/host-port.ts';
import { secureContext } from './secure-context.ts';

export interface ChannelPlan {
  /** Where it leads, for messages. */
  readonly address: string;
  readonly route: Route;
  readonly identity: CallIdentity;
  readonly keepalive: KeepaliveSettings;
  readonly reconnect: ReconnectSettings;
  /** -1: no limit. */
  readonly maxReceiveBytes: number;
  readonly maxSendBytes: number;
  readonly compresses: boolean;
}

/** No compression, as the channel argument calls it. */
const IDENTITY = 0;

/** The channel arguments that are understood here. */
const understood: ReadonlySet<string> = new Set([
  'grpc.default_authority',
  'grpc.default_compression_algorithm',
  'grpc.enable_http_proxy',
  'grpc.initial_reconnect_backoff_ms',
  'grpc.keepalive_permit_without_calls',
  'grpc.keepalive_time_ms',
  'grpc.keepalive_timeout_ms',
  'grpc.max_receive_message_length',
  'grpc.max_reconnect_backoff_ms',
  'grpc.max_send_message_length',
  'grpc.primary_user_agent',
  'grpc.secondary_user_agent',
  'grpc.ssl_target_name_override',
]);

/** undefined: the options have something that only grpc-js understands. */
export function planChannel(options: ConnectionOptionsWithDefaults): ChannelPlan | undefined {
  const { address, tls, credentials, callCredentials, interceptors, channelArgs } = options;
  if (credentials !== undefined || callCredentials.length > 0 || interceptors !== undefined) return undefined;
  const args = Object.entries(channelArgs).filter(([, value]) => value !== undefined);
  if (args.some(([name]) => !understood.has(name))) return undefined;
  const algorithm = channelArgs['grpc.default_compression_algorithm'] ?? IDENTITY;
  if (algorithm !== IDENTITY && algorithm !== GZIP) return undefined;
  const server = parseHostPort(address);
  const way = server === undefined ? undefined : wayTo(server, options);
  if (server === undefined || way === undefined) return undefined;
  const override = tls === false ? undefined : tls.serverNameOverride || undefined;
  const serverName = override ?? channelArgs['grpc.ssl_target_name_override'] ?? server.host;
  return {
    address,
    route: { ...way, tls: tls === false ? undefined : { context: secureContext(tls), serverName } },
    identity: {
      authority: override ?? channelArgs['grpc.default_authority'] ?? address,
      isSecure: tls !== false,
      userAgent: userAgent(channelArgs),
      encoding: algorithm === GZIP ? 'gzip' : undefined,
    },
    keepalive: {
      timeMs: channelArgs['grpc.keepalive_time_ms'] ?? Number.POSITIVE_INFINITY,
      timeoutMs: channelArgs['grpc.keepalive_timeout_ms'] ?? 20_000,
      withoutCalls: channelArgs['grpc.keepalive_permit_without_calls'] === 1,
    },
    reconnect: reconnectSettings(channelArgs),
    maxReceiveBytes: channelArgs['grpc.max_receive_message_length'] ?? 4 * 1024 * 1024,
    maxSendBytes: channelArgs['grpc.max_send_message_length'] ?? -1,
    compresses: algorithm === GZIP,
  };
}

type ChannelArgs = ConnectionOptionsWithDefaults['channelArgs'];

/** Straight to the server, or through a proxy: that of the options, or that of the environment. */
function wayTo(server: HostPort, options: ConnectionOptionsWithDefaults): Omit<Route, 'tls'> | undefined {
  const { address, proxy, channelArgs } = options;
  if (proxy !== undefined) {
    const target = parseHostPort(proxy.targetHost);
    const { basicAuth } = proxy;
    const credentials = basicAuth && `${basicAuth.username}:${basicAuth.password}`;
    return target && { target, tunnel: { address, credentials } };
  }
  const ofEnvironment =
    channelArgs['grpc.enable_http_proxy'] === 0 ? undefined : environmentProxy(server.host, process.env);
  if (ofEnvironment === undefined) return { target: server, tunnel: undefined };
  return { target: ofEnvironment.target, tunnel: { address, credentials: ofEnvironment.credentials } };
}

function userAgent(channelArgs: ChannelArgs): string {
  const parts = [
    channelArgs['grpc.primary_user_agent'],
    'grpc-typescript-reprise/0.1.0',
    channelArgs['grpc.secondary_user_agent'],
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function reconnectSettings(channelArgs: ChannelArgs): ReconnectSettings {
  const maxMs = channelArgs['grpc.max_reconnect_backoff_ms'] ?? 10_000;
  return { initialMs: Math.min(channelArgs['grpc.initial_reconnect_backoff_ms'] ?? 250, maxMs), maxMs };
}
