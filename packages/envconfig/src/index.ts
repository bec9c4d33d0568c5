export type {
  ClientConfig,
  ClientConfigCodec,
  ClientConfigProfile,
  ClientConfigTLS,
  ConfigDataSource,
} from './client-config.ts';
export { loadClientConnectConfig, toClientOptions } from './client-options.ts';
export type { ClientConnectConfig } from './client-options.ts';
export {
  clientConfigToToml,
  loadClientConfig,
  loadClientConfigFromToml,
  loadClientConfigProfile,
  loadConfigData,
} from './load-client-config.ts';
export type {
  ClientConfigFromTomlOptions,
  LoadClientConfigOptions,
  LoadClientProfileOptions,
} from './load-client-config.ts';
export { fromTomlConfig, fromTomlProfile, toTomlConfig, toTomlProfile } from './toml-profile.ts';
export type { TomlConfig, TomlProfile } from './toml-profile.ts';
