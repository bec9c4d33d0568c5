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
      /"prod".*default, cloud/,
    );
  });

  it('has no profiles where there is no file', () => {
    expect(
      loadClientConfig({ overrideEnvVars: { XDG_CONFIG_HOME: '/nowhere', APPDATA: '/nowhere' } }).profiles,
    ).toBeTypeOf('object');
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
    expect(() => loadClientConfigFromToml(unknown, { strict: true })).toThrow(/addres.*Known are address/);
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

  it('refuses what it cannot honour', () => {
    const load = (data: string) => () => loadClientConnectConfig({ configSource: { data }, overrideEnvVars: {} });
    expect(load('[profile.default.tls]\ndisable_host_verification = true')).toThrow(/server_name/);
    expect(load('[profile.default.tls]\nclient_key_data = "KEY"')).toThrow(/found the key alone/);
    expect(load('[profile.default.tls]\nclient_key_data = "KEY"\nclient_key_path = "x"')).toThrow(/found both/);
  });
});
