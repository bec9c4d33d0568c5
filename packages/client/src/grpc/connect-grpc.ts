import type { Transport } from '@reprise/proto';
import { RpcError, WorkflowService } from '@reprise/proto';
import type { ConnectionOptionsWithDefaults } from '../connection-options.ts';
import { ServiceError } from '../errors.ts';
import { channelCredentials } from './credentials.ts';
import { GrpcTransport } from './grpc-transport.ts';

/** The channels of a connection. */
export interface Channels {
  main(): Transport;
  poll(): Transport;
  waitForReady(deadlineMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Channels over gRPC: one for ordinary calls, and one for polls that opens when it is first asked for. */
export function connectGrpc(options: ConnectionOptionsWithDefaults): Channels {
  const main = openChannel(options, {});
  let poll: GrpcTransport | undefined;
  return {
    main: () => main,
    poll: () => (poll ??= openChannel(options, { 'grpc.use_local_subchannel_pool': 1 })),
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

function openChannel(options: ConnectionOptionsWithDefaults, extra: Record<string, number>): GrpcTransport {
  const { credentials, channelArgs } = channelCredentials(options);
  return new GrpcTransport({
    address: options.address,
    credentials,
    channelArgs: { ...options.channelArgs, ...channelArgs, ...extra },
    interceptors: options.interceptors ?? [],
  });
}

/** The error for a server that did not answer: a call that fails at once says why, which waiting does not. */
async function unreachable(main: GrpcTransport, options: ConnectionOptionsWithDefaults): Promise<ServiceError> {
  const cause = await main
    .unary(WorkflowService.methods.getSystemInfo, {}, { deadlineMs: Date.now() + 1_000 })
    .catch((error: unknown) => error);
  const reason = cause instanceof RpcError ? `: ${cause.details}` : '';
  const tls = options.tls === false ? 'without TLS' : 'with TLS';
  return new ServiceError(
    `No server answered at ${options.address} (${tls}) within ${String(options.connectTimeoutMs)} ms${reason}. ` +
      'Start one with `npx reprise server start-dev`, or check the options address and tls.',
    { cause },
  );
}
