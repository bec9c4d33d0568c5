import { ValueError } from '@reprise/common';
import type { ConnectionOptions, TLSConfig } from '@reprise/client';
import type { ClientConfigProfile, ClientConfigTLS } from './client-config.ts';
import { loadClientConfigProfile, loadConfigData } from './load-client-config.ts';
import type { LoadClientProfileOptions } from './load-client-config.ts';

/** What to connect with, and which namespace to use. */
export interface ClientConnectConfig {
  connectionOptions: ConnectionOptions;
  namespace?: string;
}

/**
 * Options for a connection and a client, out of a file and the environment.
 *
 * @example
 * ```ts
 * const { connectionOptions, namespace } = loadClientConnectConfig();
 * const client = new Client({ connection: await Connection.connect(connectionOptions), ...(namespace && { namespace }) });
 * ```
 */
export function loadClientConnectConfig(options: LoadClientProfileOptions = {}): ClientConnectConfig {
  return toClientOptions(loadClientConfigProfile(options));
}

/** Options for a connection and a client, out of a profile. */
export function toClientOptions(profile: ClientConfigProfile): ClientConnectConfig {
  const { address, namespace, apiKey, grpcMeta } = profile;
  const tls = toTls(profile);
  return {
    connectionOptions: {
      ...(address !== undefined && { address }),
      ...(apiKey !== undefined && { apiKey }),
      ...(grpcMeta && { metadata: grpcMeta }),
      ...(tls !== undefined && { tls }),
    },
    ...(namespace !== undefined && { namespace }),
  };
}

/** Whoever has a key talks TLS, unless the profile says otherwise. */
function toTls({ tls, apiKey }: ClientConfigProfile): TLSConfig | boolean | undefined {
  if (tls === undefined) return apiKey === undefined ? undefined : true;
  return tls.disabled === true ? false : toTlsConfig(tls);
}

function toTlsConfig(tls: ClientConfigTLS): TLSConfig {
  if (tls.disableHostVerification === true) {
    throw new ValueError(
      'disable_host_verification cannot be honoured: name the host that the certificate is for in server_name instead',
    );
  }
  const crt = loadConfigData(tls.clientCert);
  const key = loadConfigData(tls.clientKey);
  if ((crt === undefined) !== (key === undefined)) {
    throw new ValueError(
      `Expected a client certificate and its key, but found the ${crt === undefined ? 'key' : 'certificate'} alone`,
    );
  }
  const serverRootCACertificate = loadConfigData(tls.serverCACert);
  return {
    ...(tls.serverName !== undefined && { serverNameOverride: tls.serverName }),
    ...(serverRootCACertificate && { serverRootCACertificate }),
    ...(crt && key && { clientCertPair: { crt, key } }),
  };
}
