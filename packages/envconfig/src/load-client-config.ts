import { existsSync, readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { ValueError } from '@reprise/common';
import { parse, stringify } from 'smol-toml';
import type { ClientConfig, ClientConfigProfile, ConfigDataSource } from './client-config.ts';
import { overrideFromEnvironment } from './environment-profile.ts';
import type { Environment } from './environment-profile.ts';
import { fromTomlConfig, toTomlConfig } from './toml-profile.ts';

/** How to read TOML. */
export interface ClientConfigFromTomlOptions {
  /** Refuses keys that nobody knows; false by default. */
  strict?: boolean;
}

/** Where to find a configuration. */
export interface LoadClientConfigOptions {
  /** By default the file that `TEMPORAL_CONFIG_FILE` names, or `temporalio/temporal.toml` in the user's folder for configuration. */
  configSource?: ConfigDataSource;
  /** Refuses keys that nobody knows; false by default. */
  configFileStrict?: boolean;
  /** Variables instead of those of the process. */
  overrideEnvVars?: Environment;
}

/** Which profile of a configuration to take, and what may change it. */
export interface LoadClientProfileOptions extends LoadClientConfigOptions {
  /** By default what `TEMPORAL_PROFILE` says, or `default`. */
  profile?: string;
  /** Reads no file. */
  disableFile?: boolean;
  /** Reads no variables. */
  disableEnv?: boolean;
}

/**
 * All profiles of a configuration. None when there is no file.
 *
 * @throws ValueError when the file is not such a configuration.
 */
export function loadClientConfig(options: LoadClientConfigOptions = {}): ClientConfig {
  const env = options.overrideEnvVars ?? process.env;
  const data = readSource(options.configSource, env);
  return data === undefined
    ? { profiles: {} }
    : loadClientConfigFromToml(data, { strict: options.configFileStrict === true });
}

/**
 * One profile, with what the environment says laid over it.
 *
 * @throws ValueError when a profile was asked for by name and there is none.
 */
export function loadClientConfigProfile(options: LoadClientProfileOptions = {}): ClientConfigProfile {
  if (options.disableFile === true && options.disableEnv === true) {
    throw new ValueError('Cannot disable both file and environment loading: a profile has to come from one of them');
  }
  const env = options.overrideEnvVars ?? process.env;
  const profile = options.disableFile === true ? {} : profileFromFile(options, env);
  return options.disableEnv === true ? profile : overrideFromEnvironment(profile, env);
}

/** The configuration of a TOML text. */
export function loadClientConfigFromToml(
  toml: string | Uint8Array,
  options: ClientConfigFromTomlOptions = {},
): ClientConfig {
  return fromTomlConfig(parse(asText(toml)), options);
}

/** The TOML text of a configuration. */
export function clientConfigToToml(config: ClientConfig): Uint8Array {
  return new TextEncoder().encode(stringify(toTomlConfig(config)));
}

/** The bytes of a source; undefined stays undefined. */
export function loadConfigData(source: ConfigDataSource | undefined): Uint8Array | undefined {
  if (source === undefined) return undefined;
  if ('path' in source) return Uint8Array.from(readFileSync(source.path));
  return typeof source.data === 'string' ? new TextEncoder().encode(source.data) : source.data;
}

function profileFromFile(options: LoadClientProfileOptions, env: Environment): ClientConfigProfile {
  const asked = options.profile ?? (options.disableEnv === true ? undefined : env['TEMPORAL_PROFILE'] || undefined);
  const { profiles } = loadClientConfig(options);
  const profile = profiles[asked ?? 'default'];
  if (profile === undefined && asked !== undefined) {
    throw new ValueError(
      `Profile '${asked}' not found in config data; there are: ${Object.keys(profiles).join(', ') || 'none'}`,
    );
  }
  return profile ?? {};
}

function readSource(source: ConfigDataSource | undefined, env: Environment): Uint8Array | undefined {
  const place = source ?? { path: env['TEMPORAL_CONFIG_FILE'] || defaultConfigFile(env) };
  return 'path' in place && !existsSync(place.path) ? undefined : loadConfigData(place);
}

function defaultConfigFile(env: Environment): string {
  return join(userConfigFolder(env), 'temporalio', 'temporal.toml');
}

function userConfigFolder(env: Environment): string {
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (platform() === 'win32') return env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  return env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
}

function asText(toml: string | Uint8Array): string {
  return typeof toml === 'string' ? toml : new TextDecoder('utf-8', { fatal: true }).decode(toml);
}
