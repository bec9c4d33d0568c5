import { ValueError, isRecord } from '@reprise/common';
import type { ClientConfig, ClientConfigProfile, ClientConfigTLS, ConfigDataSource } from './client-config.ts';

/** A profile as TOML writes it. */
export interface TomlProfile {
  address?: string;
  namespace?: string;
  api_key?: string;
  tls?: TomlTls;
  codec?: { endpoint?: string; auth?: string };
  grpc_meta?: Record<string, string>;
}

interface TomlTls {
  disabled?: boolean;
  server_name?: string;
  server_ca_cert_path?: string;
  server_ca_cert_data?: string;
  client_cert_path?: string;
  client_cert_data?: string;
  client_key_path?: string;
  client_key_data?: string;
  disable_host_verification?: boolean;
}

/** A configuration as TOML writes it. */
export interface TomlConfig {
  profile?: Record<string, TomlProfile>;
}

const texts = (...names: string[]): Record<string, 'string'> =>
  Object.fromEntries(names.map((name) => [name, 'string' as const]));
const fieldTypes = {
  profile: { ...texts('address', 'namespace', 'api_key'), tls: 'object', codec: 'object', grpc_meta: 'object' },
  tls: {
    ...texts(
      'server_name',
      'server_ca_cert_path',
      'server_ca_cert_data',
      'client_cert_path',
      'client_cert_data',
      'client_key_path',
      'client_key_data',
    ),
    disabled: 'boolean',
    disable_host_verification: 'boolean',
  },
  codec: texts('endpoint', 'auth'),
} as const;

/** The configuration of a parsed TOML file. `strict` refuses keys that nobody knows. */
export function fromTomlConfig(toml: unknown, { strict = false }: { strict?: boolean } = {}): ClientConfig {
  if (!isRecord(toml)) throw new ValueError('Expected a TOML document with tables [profile.NAME]');
  if (strict) refuseUnknown('', toml, { profile: 'object' });
  const profiles = toml['profile'] ?? {};
  if (!isRecord(profiles)) throw new ValueError('Expected "profile" to be a table of tables [profile.NAME]');
  return {
    profiles: Object.fromEntries(
      Object.entries(profiles).map(([name, profile]) => [name, checkedProfile(name, profile, strict)]),
    ),
  };
}

/** The profile of its TOML table. */
export function fromTomlProfile({
  address,
  namespace,
  api_key,
  tls,
  codec,
  grpc_meta,
}: TomlProfile): ClientConfigProfile {
  return {
    ...(address !== undefined && { address }),
    ...(namespace !== undefined && { namespace }),
    ...(api_key !== undefined && { apiKey: api_key }),
    ...(tls && { tls: fromTomlTls(tls) }),
    ...(codec && { codec }),
    ...(grpc_meta && {
      grpcMeta: Object.fromEntries(Object.entries(grpc_meta).map(([key, value]) => [headerName(key), value])),
    }),
  };
}

/** The TOML document of a configuration. */
export function toTomlConfig({ profiles }: ClientConfig): TomlConfig {
  return {
    profile: Object.fromEntries(Object.entries(profiles).map(([name, profile]) => [name, toTomlProfile(profile)])),
  };
}

/** The TOML table of a profile. */
export function toTomlProfile({ address, namespace, apiKey, tls, codec, grpcMeta }: ClientConfigProfile): TomlProfile {
  return {
    ...(address !== undefined && { address }),
    ...(namespace !== undefined && { namespace }),
    ...(apiKey !== undefined && { api_key: apiKey }),
    ...(tls && { tls: toTomlTls(tls) }),
    ...(codec && { codec }),
    ...(grpcMeta && { grpc_meta: grpcMeta }),
  };
}

/** A header's name out of a key or a variable: lower case, every `_` a `-`. */
export function headerName(key: string): string {
  return key.toLowerCase().replaceAll('_', '-');
}

function checkedProfile(name: string, profile: unknown, strict: boolean): ClientConfigProfile {
  const place = `[profile.${name}]`;
  checkTypes(place, profile, fieldTypes.profile, strict);
  const { tls, codec, grpc_meta: meta } = profile as TomlProfile;
  if (tls !== undefined) checkTypes(`[profile.${name}.tls]`, tls, fieldTypes.tls, strict);
  if (codec !== undefined) checkTypes(`[profile.${name}.codec]`, codec, fieldTypes.codec, strict);
  for (const [key, value] of Object.entries(meta ?? {})) {
    if (typeof value !== 'string')
      throw new ValueError(`Expected ${key} in [profile.${name}.grpc_meta] to be text, but found ${typeof value}`);
  }
  return fromTomlProfile(profile as TomlProfile);
}

function checkTypes(place: string, table: unknown, types: Record<string, string>, strict: boolean): void {
  if (!isRecord(table)) throw new ValueError(`Expected ${place} to be a table`);
  if (strict) refuseUnknown(` in ${place.slice(1, -1)}`, table, types);
  for (const [key, type] of Object.entries(types)) {
    const value = table[key];
    if (value !== undefined && typeof value !== type) {
      throw new ValueError(`Expected ${key} in ${place} to be of type ${type}, but found ${typeof value}`);
    }
  }
}

function refuseUnknown(place: string, table: object, types: object): void {
  const unknown = Object.keys(table).filter((key) => !Object.hasOwn(types, key));
  if (unknown.length > 0)
    throw new ValueError(
      `Validation error: key(s) unrecognized${place}: ${unknown.join(', ')} (known are ${Object.keys(types).join(', ')})`,
    );
}

function fromTomlTls(toml: TomlTls): ClientConfigTLS {
  return {
    ...(toml.disabled !== undefined && { disabled: toml.disabled }),
    ...(toml.server_name !== undefined && { serverName: toml.server_name }),
    ...sourceField('serverCACert', toml.server_ca_cert_path, toml.server_ca_cert_data),
    ...sourceField('clientCert', toml.client_cert_path, toml.client_cert_data),
    ...sourceField('clientKey', toml.client_key_path, toml.client_key_data),
    ...(toml.disable_host_verification !== undefined && { disableHostVerification: toml.disable_host_verification }),
  };
}

/** How TOML begins the two keys of each source, that for its path and that for its data. */
export const sourceKeys = {
  serverCACert: 'server_ca_cert',
  clientCert: 'client_cert',
  clientKey: 'client_key',
} as const;
export type SourceName = keyof typeof sourceKeys;

/** A source under its name, of a path or data; both at once contradict each other. */
export function sourceField(
  name: SourceName,
  path: string | undefined,
  data: string | undefined,
): Partial<Record<SourceName, ConfigDataSource>> {
  if (path !== undefined && data !== undefined) refuseBoth(name);
  if (path !== undefined) return { [name]: { path } };
  return data === undefined ? {} : { [name]: { data: new TextEncoder().encode(data) } };
}

export function refuseBoth(name: SourceName): never {
  throw new ValueError(`Cannot specify both ${sourceKeys[name]}_path and ${sourceKeys[name]}_data`);
}

function toTomlTls(tls: ClientConfigTLS): TomlTls {
  return {
    ...(tls.disabled !== undefined && { disabled: tls.disabled }),
    ...(tls.serverName !== undefined && { server_name: tls.serverName }),
    ...tomlSource('serverCACert', tls),
    ...tomlSource('clientCert', tls),
    ...tomlSource('clientKey', tls),
    ...(tls.disableHostVerification !== undefined && { disable_host_verification: tls.disableHostVerification }),
  };
}

function tomlSource(name: SourceName, { [name]: source }: ClientConfigTLS): Record<string, string> {
  const key = sourceKeys[name];
  if (source === undefined) return {};
  if ('path' in source) return { [`${key}_path`]: source.path };
  return { [`${key}_data`]: typeof source.data === 'string' ? source.data : new TextDecoder().decode(source.data) };
}
