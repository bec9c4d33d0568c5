import type { ChannelOptions } from '@grpc/grpc-js';
import type { Transport } from '@reprise/proto';
import { RpcError, WorkflowService } from '@reprise/proto';
import type { ConnectionOptionsWithDefaults } from '../connection-options.ts';
import { ServiceError } from '../errors.ts';
import { channelCredentials } from './credentials.ts';
import { planChannel } from './channel-plan.ts';
import { GrpcJsTransport } from './grpc-js-transport.ts';
import { GrpcTransport } from './grpc-transport.ts';

/** The channels of a connection. */
export interface Channels {
  main(): Transport;
  poll(): Transport;
  waitForReady(deadlineMs: number): Promise<void>;
  close(): Promise<void>;
}

/** A channel as a transport. */
interface Channel extends Transport {
  /** Resolves when it is connected; rejects at the deadline. */
  waitForReady(deadlineMs: number): Promise<void>;
}

/** Channels over gRPC: one for ordinary calls, and one for polls that opens when it is first asked for. */
export function connectGrpc(options: ConnectionOptionsWithDefaults): Channels {
  const open = opener(options);
  const main = open();
  let poll: Channel | undefined;
  return {
    main: () => main,
    poll: () => (poll ??= open()),
    async waitForReady(deadlineMs) {
      try {
        await main.waitForReady(deadlineMs);
      } catch {
        throw await unreachable(main, options);
      }
    },
    async close() {
      await Promise.all([main.close(), poll?.close()]);
    },
  };
}

/** Makes channels of our own, or of grpc-js where only that can do what the options say. */
function opener(options: ConnectionOptionsWithDefaults): () => Channel {
  const plan = planChannel(options);
  if (plan !== undefined) return () => new GrpcTransport(plan);
  const { credentials, channelArgs } = channelCredentials(options);
  return () =>
    new GrpcJsTransport({
      address: options.proxy?.targetHost ?? options.address,
      credentials,
      channelArgs: {
        ...proxyArgs(options),
        ...options.channelArgs,
        ...channelArgs,
        // The second channel is not to share the connection of the first.
        'grpc.use_local_subchannel_pool': 1,
      },
      interceptors: options.interceptors ?? [],
    });
}

/** Lets the channel connect to the proxy and ask it for the server, whose name the calls carry. */
function proxyArgs({ proxy, address }: ConnectionOptionsWithDefaults): ChannelOptions {
  if (proxy === undefined) return {};
  const { basicAuth } = proxy;
  return {
    'grpc.enable_http_proxy': 0,
    'grpc.http_connect_target': `dns:${address}`,
    ...(basicAuth && { 'grpc.http_connect_creds': `${basicAuth.username}:${basicAuth.password}` }),
    'grpc.default_authority': address,
    'grpc.ssl_target_name_override': address.replace(/:\d+$/, ''),
  };
}

/** What the channel says of its last attempt, without what it says around it. */
function reasonOf(details: string): string {
  const reason = /Last error: (?:Error: )?(.*?)\. Resolution note: /.exec(details)?.[1] ?? details;
  return reason.includes('ECONNREFUSED') ? `connection refused (${reason})` : reason;
}

/** The error for a server that did not answer: a call that fails at once says why, which waiting does not. */
async function unreachable(main: Channel, options: ConnectionOptionsWithDefaults): Promise<ServiceError> {
  const cause = await main
    .unary(WorkflowService.methods.getSystemInfo, {}, { deadlineMs: Date.now() + 1_000 })
    .catch((error: unknown) => error);
  const reason = cause instanceof RpcError ? `: ${reasonOf(cause.details)}` : '';
  const tls = options.tls === false ? 'without TLS' : 'with TLS';
  const way = options.proxy === undefined ? tls : `${tls}, through the proxy ${options.proxy.targetHost}`;
  return new ServiceError(
    `No server answered at ${options.address} (${way}) within ${String(options.connectTimeoutMs)} ms${reason}. ` +
      'Start one with `npx reprise server start-dev`, or check the options address and tls.',
    { cause },
  );
}
