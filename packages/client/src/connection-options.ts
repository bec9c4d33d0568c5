import { isIPv6 } from 'node:net';
import type { CallCredentials, ChannelCredentials, ChannelOptions, Interceptor } from '@grpc/grpc-js';
import { ValueError, checkOptions, describeOption, meantBy, msToNumber, type OptionKind } from '@reprise/common';
import type { Duration } from '@reprise/common';
import type { ConnectionPlugin } from './plugin.ts';

/** Where a development server listens. */
export const LOCAL_TARGET = 'localhost:7233';

/** How a connection proves who it is and checks who answers. */
export interface TLSConfig {
  /** Name to expect in the server's certificate instead of the host name of the address. */
  serverNameOverride?: string | null;
  /** Root certificates in PEM; the system's by default. */
  serverRootCACertificate?: Uint8Array;
  /** The client's certificate and private key in PEM, for mutual TLS. */
  clientCertPair?: { crt: Uint8Array; key: Uint8Array; passphrase?: string };
}

/** A proxy that is asked by HTTP CONNECT. */
export interface HttpConnectProxyConfig {
  type: 'http-connect';
  /** `host:port` of the proxy. */
  targetHost: string;
  /** For a proxy that asks who is there. */
  basicAuth?: { username: string; password: string };
}

/** How requests are compressed on their way. Answers may be compressed in any case. */
export interface GrpcCompressionConfig {
  codec: 'gzip' | 'none';
}

/** Sizes in bytes from which on a worker warns of what it sends; 0: never. What the server refuses is its own matter. */
export interface PayloadLimitsConfig {
  /** Of the arguments of a call, or of a result. Default 512 KiB. */
  payloadsWarnSize?: number;
  /** Default 2 KiB. */
  memoWarnSize?: number;
}

/** Headers of a call. Keys that end in `-bin` carry bytes. */
export type Metadata = Record<string, string | Uint8Array>;

/** How to reach a server, and what to send along with each call. */
export interface ConnectionOptions {
  /** `host` or `host:port`; port 7233 and `localhost` by default. */
  address?: string;
  /** true or a configuration: TLS; false or null: plain text. With an API key TLS is the default. */
  tls?: TLSConfig | boolean | null;
  /** Sent as `authorization: Bearer KEY`; a function is asked at each call. */
  apiKey?: string | (() => string);
  /** Headers of every call. */
  metadata?: Metadata;
  /** Own channel credentials, instead of those that `tls` makes. */
  credentials?: ChannelCredentials;
  /** Own credentials of each call; they need TLS. */
  callCredentials?: CallCredentials[];
  /** Arguments of the gRPC channel, laid over the defaults. */
  channelArgs?: ChannelOptions;
  /** gRPC interceptors, outermost first. They replace the default, which retries: add `makeGrpcRetryInterceptor()` to keep it. */
  interceptors?: Interceptor[];
  /** How long `connect` waits for an answer, ms or text; 10 s by default. */
  connectTimeout?: Duration;
  /** Goes through a proxy. Without it, the environment variables `grpc_proxy` and `no_grpc_proxy` are followed. */
  proxy?: HttpConnectProxyConfig;
  /** Default `{ codec: 'none' }`. */
  grpcCompression?: GrpcCompressionConfig;
  /** Metrics of workers do not say with which status calls failed. Default false. */
  disableErrorCodeMetricTags?: boolean;
  payloadLimits?: PayloadLimitsConfig;
  /** Each may change the options of the connection, in this order. */
  plugins?: readonly ConnectionPlugin<ConnectionOptions>[];
}

/** `ConnectionOptions` with every default filled in. */
export interface ConnectionOptionsWithDefaults {
  readonly address: string;
  readonly tls: TLSConfig | false;
  readonly apiKey: string | (() => string) | undefined;
  readonly metadata: Metadata;
  readonly credentials: ChannelCredentials | undefined;
  readonly callCredentials: readonly CallCredentials[];
  readonly channelArgs: ChannelOptions;
  /** undefined: the default, which retries. */
  readonly interceptors: readonly Interceptor[] | undefined;
  readonly connectTimeoutMs: number;
  readonly proxy: HttpConnectProxyConfig | undefined;
  readonly grpcCompression: GrpcCompressionConfig;
  readonly disableErrorCodeMetricTags: boolean;
  readonly payloadLimits: Required<PayloadLimitsConfig>;
  readonly plugins: readonly ConnectionPlugin<ConnectionOptions>[];
}

/** As the channel argument `grpc.default_compression_algorithm` calls it. */
export const GZIP = 2;

const defaultChannelArgs: ChannelOptions = {
  'grpc.keepalive_permit_without_calls': 1,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 15_000,
  'grpc.max_receive_message_length': 128 * 1024 * 1024,
};

const defaultPayloadLimits: Required<PayloadLimitsConfig> = { payloadsWarnSize: 512 * 1024, memoWarnSize: 2 * 1024 };

const known: { readonly [Name in keyof Required<ConnectionOptions>]: true } = {
  address: true,
  tls: true,
  apiKey: true,
  metadata: true,
  credentials: true,
  callCredentials: true,
  channelArgs: true,
  interceptors: true,
  connectTimeout: true,
  proxy: true,
  grpcCompression: true,
  disableErrorCodeMetricTags: true,
  payloadLimits: true,
  plugins: true,
};

/** Options that others have, and what to do in their place. */
const refused: Readonly<Record<string, string>> = {
  dnsLoadBalancingConfig: "set channelArgs, such as 'grpc.service_config'",
};

function checkNames(options: ConnectionOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || name in known) continue;
    const hint = refused[name];
    const meant = meantBy(name, known);
    throw new TypeError(
      hint === undefined
        ? `Connection option ${name} is not known${meant === undefined ? '' : `: did you mean ${meant}?`}`
        : `Connection option ${name} is not supported: ${hint}`,
    );
  }
}

const kinds = {
  address: 'string',
  metadata: 'object',
  callCredentials: 'array',
  channelArgs: 'object',
  interceptors: 'array',
  connectTimeout: 'duration',
  proxy: 'object',
  grpcCompression: 'object',
  disableErrorCodeMetricTags: 'boolean',
  payloadLimits: 'object',
} as const satisfies { [Name in keyof ConnectionOptions]?: OptionKind };

const payloadLimitKinds = { payloadsWarnSize: 'number', memoWarnSize: 'number' } as const;

function checkPayloadLimits(limits: PayloadLimitsConfig): void {
  checkOptions('ConnectionOptions.payloadLimits', limits, payloadLimitKinds);
  const unknown = Object.keys(limits).find((name) => !(name in payloadLimitKinds));
  if (unknown === undefined) return;
  const names = Object.keys(payloadLimitKinds).join(', ');
  throw new TypeError(`ConnectionOptions.payloadLimits.${unknown} is not known; there are ${names}`);
}

const compressionArgs = (config: GrpcCompressionConfig | undefined): ChannelOptions =>
  config?.codec === 'gzip' ? { 'grpc.default_compression_algorithm': GZIP } : {};

function checkCompression(config: GrpcCompressionConfig | undefined): void {
  if (config === undefined || config.codec === 'gzip' || config.codec === 'none') return;
  throw new TypeError(
    `ConnectionOptions.grpcCompression.codec must be 'gzip' or 'none', got ${describeOption(config.codec)}`,
  );
}

function checkSecurity({ tls, apiKey, metadata, credentials }: ConnectionOptions): void {
  if (apiKey !== undefined && typeof apiKey !== 'string' && typeof apiKey !== 'function') {
    throw new TypeError(
      `ConnectionOptions.apiKey must be a string, or a function that gives one, got ${describeOption(apiKey)}`,
    );
  }
  if (apiKey && Object.keys(metadata ?? {}).some((name) => name.toLowerCase() === 'authorization')) {
    throw new TypeError(
      'Both `apiKey` option and `Authorization` header were provided, but only one makes sense to use at a time.',
    );
  }
  if (credentials !== undefined && (apiKey || tls)) {
    const made = apiKey
      ? 'Both `apiKey` and `credentials` ConnectionOptions were provided, but only one makes sense to use at a time'
      : 'Both `tls` and `credentials` ConnectionOptions were provided';
    throw new TypeError(made);
  }
  for (const [name, value] of Object.entries(metadata ?? {})) {
    if (typeof value === 'string' || ArrayBuffer.isView(value)) continue;
    throw new TypeError(`ConnectionOptions.metadata.${name} must be a string or bytes, got ${describeOption(value)}`);
  }
  if (tls === undefined || tls === null || typeof tls === 'boolean') return;
  checkOptions('ConnectionOptions.tls', tls, { serverNameOverride: 'string', clientCertPair: 'object' });
  const known = ['serverNameOverride', 'serverRootCACertificate', 'clientCertPair'];
  const unknown = Object.keys(tls).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`ConnectionOptions.tls.${unknown} is not known; there are ${known.join(', ')}`);
  }
  for (const part of ['crt', 'key'] as const) {
    const bytes: unknown = tls.clientCertPair?.[part];
    if (tls.clientCertPair == null || ArrayBuffer.isView(bytes)) continue;
    throw new TypeError(
      `ConnectionOptions.tls.clientCertPair.${part} must be the bytes of a PEM file, got ${describeOption(bytes)}`,
    );
  }
}

/** The options that a plugin makes of those of a connection. */
export function configureByPlugin(
  plugin: ConnectionPlugin<ConnectionOptions>,
  options: ConnectionOptions,
): ConnectionOptions {
  return plugin.configureConnection?.(options) ?? options;
}

/** Fills in the defaults and refuses options that are unknown or contradict each other. */
export function completeConnectionOptions(
  given: ConnectionOptions,
  configure = configureByPlugin,
): ConnectionOptionsWithDefaults {
  checkOptions('ConnectionOptions', given, { plugins: 'array' });
  const plugins = given.plugins ?? [];
  const options = plugins.reduce((current, plugin) => configure(plugin, current), given);
  checkNames(options);
  checkOptions('ConnectionOptions', options, kinds);
  checkSecurity(options);
  checkCompression(options.grpcCompression);
  checkPayloadLimits(options.payloadLimits ?? {});
  const tls = completeTls(options.tls, options.apiKey !== undefined);
  if (tls === false && (options.callCredentials?.length ?? 0) > 0) {
    throw new ValueError('callCredentials were given, but they are only sent over TLS: set the option tls');
  }
  return {
    address: completeAddress(options.address ?? LOCAL_TARGET),
    tls,
    apiKey: options.apiKey,
    metadata: options.metadata ?? {},
    credentials: options.credentials,
    callCredentials: options.callCredentials ?? [],
    channelArgs: { ...defaultChannelArgs, ...compressionArgs(options.grpcCompression), ...options.channelArgs },
    grpcCompression: options.grpcCompression ?? { codec: 'none' },
    disableErrorCodeMetricTags: options.disableErrorCodeMetricTags ?? false,
    payloadLimits: { ...defaultPayloadLimits, ...options.payloadLimits },
    interceptors: options.interceptors,
    connectTimeoutMs: msToNumber(options.connectTimeout ?? 10_000),
    proxy: options.proxy,
    plugins,
  };
}

function completeTls(tls: ConnectionOptions['tls'], hasApiKey: boolean): TLSConfig | false {
  if (tls === undefined) return hasApiKey ? {} : false;
  if (tls === null || tls === false) return false;
  return tls === true ? {} : tls;
}

/** A name, an IPv4 address, or an IPv6 address in brackets, with a port or without; or an IPv6 address alone. */
const IPV6 = '[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*(?:%\\w+)?';
const ADDRESS = new RegExp(`^(?:(?:[^\\s:/[\\]]+|\\[${IPV6}\\])(?::\\d+)?|${IPV6})$`, 'i');

function completeAddress(address: string): string {
  const bareIpv6 = (address.match(/:/g)?.length ?? 0) > 1 && !address.startsWith('[');
  if (!ADDRESS.test(address) || (bareIpv6 && !isIPv6(address))) {
    throw new TypeError(
      `Invalid address for Temporal gRPC endpoint: expected URI of the form 'hostname' or 'hostname:port'; got '${address}'`,
    );
  }
  if (bareIpv6) return `[${address}]:7233`;
  return /:\d+$/.test(address) ? address : `${address}:7233`;
}
