import { ValueError } from '@reprise/common';
import type { ClientConfigProfile, ClientConfigTLS } from './client-config.ts';
import { headerName, sourceField } from './toml-profile.ts';

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A profile with what the environment says laid over it. */
export function overrideFromEnvironment(profile: ClientConfigProfile, env: Environment): ClientConfigProfile {
  const tls = tlsFromEnvironment(profile.tls, env);
  const codec = withoutUndefined({ endpoint: env['TEMPORAL_CODEC_ENDPOINT'], auth: env['TEMPORAL_CODEC_AUTH'] });
  const grpcMeta = { ...profile.grpcMeta, ...metaFromEnvironment(env) };
  return {
    ...profile,
    ...withoutUndefined({
      address: env['TEMPORAL_ADDRESS'],
      namespace: env['TEMPORAL_NAMESPACE'],
      apiKey: env['TEMPORAL_API_KEY'],
    }),
    ...(tls && { tls }),
    ...(Object.keys(codec).length > 0 && { codec: { ...profile.codec, ...codec } }),
    ...(Object.keys(grpcMeta).length > 0 && { grpcMeta }),
  };
}

function tlsFromEnvironment(tls: ClientConfigTLS | undefined, env: Environment): ClientConfigTLS | undefined {
  const enabled = flag(env, 'TEMPORAL_TLS');
  const disableHostVerification = flag(env, 'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION');
  const found: ClientConfigTLS = {
    ...(enabled !== undefined && { disabled: !enabled }),
    ...withoutUndefined({ serverName: env['TEMPORAL_TLS_SERVER_NAME'] }),
    ...sourceField('serverCACert', env['TEMPORAL_TLS_SERVER_CA_CERT_PATH'], env['TEMPORAL_TLS_SERVER_CA_CERT_DATA']),
    ...sourceField('clientCert', env['TEMPORAL_TLS_CLIENT_CERT_PATH'], env['TEMPORAL_TLS_CLIENT_CERT_DATA']),
    ...sourceField('clientKey', env['TEMPORAL_TLS_CLIENT_KEY_PATH'], env['TEMPORAL_TLS_CLIENT_KEY_DATA']),
    ...(disableHostVerification !== undefined && { disableHostVerification }),
  };
  return Object.keys(found).length === 0 ? tls : { ...tls, ...found };
}

const metaPrefix = 'TEMPORAL_GRPC_META_';

function metaFromEnvironment(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith(metaPrefix) && value !== undefined ? [[headerName(name.slice(metaPrefix.length)), value]] : [],
    ),
  );
}

function flag(env: Environment, name: string): boolean | undefined {
  const value = env[name]?.toLowerCase();
  if (value === undefined || value === '') return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new ValueError(
    `Expected the environment variable ${name} to be true or false, but found ${JSON.stringify(value)}`,
  );
}

function withoutUndefined<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: string;
  };
}
