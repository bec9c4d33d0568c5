import { ValueError } from '@reprise/common';
import type { ClientConfigProfile, ClientConfigTLS } from './client-config.ts';
import { headerName, refuseBoth, sourceField, sourceKeys } from './toml-profile.ts';
import type { SourceName } from './toml-profile.ts';

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A profile with what the environment says laid over it. */
export function overrideFromEnvironment(profile: ClientConfigProfile, env: Environment): ClientConfigProfile {
  const tls = tlsFromEnvironment(profile.tls, env);
  const codec = withoutUndefined({ endpoint: env['TEMPORAL_CODEC_ENDPOINT'], auth: env['TEMPORAL_CODEC_AUTH'] });
  const grpcMeta = overriddenMeta(profile, env);
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
    ...sourceFromEnvironment('serverCACert', tls, env),
    ...sourceFromEnvironment('clientCert', tls, env),
    ...sourceFromEnvironment('clientKey', tls, env),
    ...(disableHostVerification !== undefined && { disableHostVerification }),
  };
  return Object.keys(found).length === 0 ? tls : { ...tls, ...found };
}

/** What the environment says of a certificate or key; it may replace a path by a path, and data by data. */
function sourceFromEnvironment(
  name: SourceName,
  tls: ClientConfigTLS | undefined,
  env: Environment,
): ReturnType<typeof sourceField> {
  const variable = `TEMPORAL_TLS_${sourceKeys[name].toUpperCase()}`;
  const path = env[`${variable}_PATH`];
  const data = env[`${variable}_DATA`];
  const before = tls?.[name];
  if (before !== undefined && ('path' in before ? data : path) !== undefined) refuseBoth(name);
  return sourceField(name, path, data);
}

const metaPrefix = 'TEMPORAL_GRPC_META_';

/** Headers of the profile and of the environment; those that the environment empties are gone. */
function overriddenMeta(profile: ClientConfigProfile, env: Environment): Record<string, string> {
  const meta = { ...profile.grpcMeta };
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(metaPrefix) || value === undefined) continue;
    const name = headerName(variable.slice(metaPrefix.length));
    if (value === '') delete meta[name];
    else meta[name] = value;
  }
  return meta;
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
