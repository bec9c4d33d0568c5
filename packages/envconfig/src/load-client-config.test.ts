import { describe, expect, it } from 'vitest';
import {
  clientConfigToToml,
  loadClientConfig,
  loadClientConfigFromToml,
  loadClientConfigProfile,
  loadClientConnectConfig,
} from './index.ts';

const toml = `
[profile.default]
address = "localhost:7000"
namespace = "shop"
[profile.cloud]
address = "shop.example:7233"
api_key = "secret"
[profile.cloud.tls]
server_name = "shop.internal"
client_cert_data = "CERT"
client_key_data = "KEY"
[profile.cloud.grpc_meta]
some_long_header = "1"
`;
const configSource = { data: toml };

describe('loadClientConfigProfile', () => {
  it('reads a profile of a file', () => {
    expect(loadClientConfigProfile({ configSource, overrideEnvVars: {} })).toEqual({
      address: 'localhost:7000',
      namespace: 'shop',
    });
  });

  it('lays the environment over it', () => {
    const overrideEnvVars = {
      TEMPORAL_PROFILE: 'cloud',
      TEMPORAL_ADDRESS: 'other:1',
      TEMPORAL_TLS: 'false',
      TEMPORAL_GRPC_META_X_TEAM_ID: 'blue',
    };
    expect(loadClientConfigProfile({ configSource, overrideEnvVars })).toMatchObject({
      address: 'other:1',
      apiKey: 'secret',
      tls: { disabled: true, serverName: 'shop.internal' },
      grpcMeta: { 'some-long-header': '1', 'x-team-id': 'blue' },
    });
  });

  it('names the profiles there are when the one asked for is missing', () => {
    expect(() => loadClientConfigProfile({ configSource, profile: 'prod', overrideEnvVars: {} })).toThrow(
      /^Profile 'prod' not found.*default, cloud/,
    );
  });

  it('has no profiles where there is no file', () => {
    expect(
      loadClientConfig({ overrideEnvVars: { XDG_CONFIG_HOME: '/nowhere', APPDATA: '/nowhere' } }).profiles,
    ).toBeTypeOf('object');
    expect(loadClientConfig({ configSource: { path: '/nowhere/temporal.toml' } })).toEqual({ profiles: {} });
    expect(loadClientConfig({ overrideEnvVars: { TEMPORAL_CONFIG_FILE: '/nowhere.toml' } })).toEqual({ profiles: {} });
  });

  it('takes away the headers that the environment empties', () => {
    const overrideEnvVars = { TEMPORAL_GRPC_META_SOME_LONG_HEADER: '', TEMPORAL_GRPC_META_OTHER: '2' };
    expect(loadClientConfigProfile({ configSource, profile: 'cloud', overrideEnvVars }).grpcMeta).toEqual({
      other: '2',
    });
  });

  it('refuses a path in one place and data in the other', () => {
    const load = (overrideEnvVars: Record<string, string>) => () =>
      loadClientConfigProfile({ configSource, profile: 'cloud', overrideEnvVars });
    expect(load({ TEMPORAL_TLS_CLIENT_CERT_PATH: '/x' })).toThrow(/client_cert_path and client_cert_data/);
    expect(load({ TEMPORAL_TLS_CLIENT_CERT_DATA: 'MORE' })()).toMatchObject({
      tls: { clientCert: { data: new TextEncoder().encode('MORE') } },
    });
  });

  it('needs a file or the environment', () => {
    expect(() => loadClientConfigProfile({ disableFile: true, disableEnv: true })).toThrow(/Cannot disable both/);
  });
});

describe('loadClientConfigFromToml', () => {
  it('goes to TOML and back', () => {
    const config = loadClientConfigFromToml(toml);
    expect(loadClientConfigFromToml(clientConfigToToml(config))).toEqual(config);
  });

  it('passes over unknown keys, and refuses them when it is strict', () => {
    const unknown = '[profile.default]\naddres = "x"';
    expect(loadClientConfigFromToml(unknown).profiles).toEqual({ default: {} });
    expect(() => loadClientConfigFromToml(unknown, { strict: true })).toThrow(
      'Validation error: key(s) unrecognized in profile.default: addres (known are address',
    );
    expect(
      loadClientConfigFromToml('[profile.a.tls]\ndisable_host_verification = true', { strict: true }).profiles['a']
        ?.tls,
    ).toEqual({
      disableHostVerification: true,
    });
  });

  it('refuses a value of the wrong type, with its place', () => {
    expect(() => loadClientConfigFromToml('[profile.a]\naddress = 7233')).toThrow(
      'address in [profile.a] to be of type string, but found number',
    );
  });
});

describe('loadClientConnectConfig', () => {
  it('makes options for a connection', () => {
    const { connectionOptions, namespace } = loadClientConnectConfig({
      configSource,
      profile: 'cloud',
      overrideEnvVars: {},
    });
    expect(namespace).toBeUndefined();
    expect(connectionOptions).toMatchObject({
      address: 'shop.example:7233',
      apiKey: 'secret',
      metadata: { 'some-long-header': '1' },
      tls: { serverNameOverride: 'shop.internal', clientCertPair: { crt: new TextEncoder().encode('CERT') } },
    });
  });

  it('talks TLS to whom it has a key for, unless it is told not to', () => {
    const tls = (more: string) =>
      loadClientConnectConfig({
        configSource: { data: `[profile.default]\napi_key = "k"\n${more}` },
        overrideEnvVars: {},
      }).connectionOptions.tls;
    expect(tls('')).toBe(true);
    expect(tls('tls.disabled = true')).toBe(false);
    expect(tls('tls.server_name = "s"')).toEqual({ serverNameOverride: 's' });
  });

  it('refuses what it cannot honour', () => {
    const load = (data: string) => () => loadClientConnectConfig({ configSource: { data }, overrideEnvVars: {} });
    expect(load('[profile.default.tls]\ndisable_host_verification = true')).toThrow(/server_name/);
    expect(load('[profile.default.tls]\nclient_key_data = "KEY"')).toThrow(/found the key alone/);
    expect(load('[profile.default.tls]\nclient_key_data = "KEY"\nclient_key_path = "x"')).toThrow(
      /Cannot specify both/,
    );
  });
});
