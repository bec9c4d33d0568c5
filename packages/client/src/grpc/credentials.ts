import type { CallCredentials, ChannelCredentials, ChannelOptions } from '@grpc/grpc-js';
import type { TLSConfig } from '../connection-options.ts';
import { grpcJs } from './grpc-js.ts';
import { secureContext } from './secure-context.ts';

export interface CredentialOptions {
  /** false: plain text. */
  readonly tls: TLSConfig | false;
  readonly callCredentials: readonly CallCredentials[];
  readonly credentials: ChannelCredentials | undefined;
}

/** The credentials of a channel, and the channel arguments that belong to them. */
export function channelCredentials(options: CredentialOptions): {
  credentials: ChannelCredentials;
  channelArgs: ChannelOptions;
} {
  const { tls, callCredentials, credentials } = options;
  const { credentials: grpcCredentials } = grpcJs();
  if (tls === false) return { credentials: credentials ?? grpcCredentials.createInsecure(), channelArgs: {} };
  const base = credentials ?? grpcCredentials.createFromSecureContext(secureContext(tls));
  const name = tls.serverNameOverride;
  return {
    credentials: callCredentials.reduce((all, one) => all.compose(one), base),
    channelArgs:
      name == null || name === '' ? {} : { 'grpc.ssl_target_name_override': name, 'grpc.default_authority': name },
  };
}
