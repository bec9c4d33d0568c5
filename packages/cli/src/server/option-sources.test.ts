import * as serverLite from '@reprise/server-lite';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../command-line/usage-error.ts';
import { mergeOptions } from './option-sources.ts';
import { readServerOptions } from './read-server-options.ts';
import { serverOptionSpecs } from './server-options.ts';

function merged(
  flags: Record<string, string | boolean | readonly string[]>,
  environment: Record<string, string> = {},
  file?: unknown,
) {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const line = mergeOptions(serverOptionSpecs, {
    line: { options: flags, operands: [] },
    environment,
    file: file === undefined ? undefined : { name: 'server.json', text },
  });
  return readServerOptions(line, { cwd: import.meta.dirname, isInteractive: false }, serverLite);
}

describe('options', () => {
  test('of a flag win over those of the environment, and these over those of the file', () => {
    const file = { port: 1, ip: '::1', 'db-filename': 'of-file.db' };
    const environment = { REPRISE_SERVER_PORT: '2', REPRISE_SERVER_IP: '127.0.0.2' };
    expect(merged({ port: '3' }, environment, file)).toMatchObject({
      port: 3,
      ip: '127.0.0.2',
      dbFilename: 'of-file.db',
    });
  });

  test('of a file are numbers, texts, lists and objects', () => {
    const file = {
      'metrics-port': 9090,
      namespace: ['a', 'b'],
      'search-attribute': { CustomerId: 'Keyword' },
      'dynamic-config-value': { 'limit.maxIDLength': 255, 'history.defaultWorkflowTaskTimeout': '5s' },
      'api-key': ['secret'],
      'time-skipping': true,
    };
    expect(merged({}, {}, file)).toMatchObject({
      metricsPort: 9090,
      namespaces: ['a', 'b'],
      searchAttributes: { CustomerId: 'Keyword' },
      dynamicConfig: { 'limit.maxIDLength': 255, 'history.defaultWorkflowTaskTimeout': '5s' },
      apiKeys: ['secret'],
      timeSkipping: true,
    });
  });

  test('of the environment have lists with commas, or one a line', () => {
    const environment = {
      REPRISE_SERVER_NAMESPACE: 'a, b',
      REPRISE_SERVER_DYNAMIC_CONFIG_VALUE: 'frontend.rps=5\nlimit.maxIDLength=9\n{}=1',
      REPRISE_SERVER_ALLOW_REMOTE: '1',
      REPRISE_SERVER_HEADLESS: '',
    };
    expect(merged({}, environment)).toMatchObject({
      namespaces: ['a', 'b'],
      dynamicConfig: { 'frontend.rps': 5, 'limit.maxIDLength': 9 },
      allowRemote: true,
    });
  });

  test('TLS is read from its files', () => {
    const folder = '../../../../test/client/certificates';
    const flags = { 'tls-cert': `${folder}/server.pem`, 'tls-key': `${folder}/server.key` };
    const { tls } = merged({ ...flags, 'tls-client-ca': `${folder}/ca.pem` });
    expect(tls?.certificate.toString()).toContain('BEGIN CERTIFICATE');
    expect(tls?.clientCa?.toString()).toContain('BEGIN CERTIFICATE');
    expect(merged(flags).tls).not.toHaveProperty('clientCa');
  });

  test.each([
    [{}, {}, { prot: 1 }, /server\.json: there is no option 'prot'/],
    [{}, {}, { port: [1] }, /server\.json: 'port' must be a text or a number, found \[1\]/],
    [{}, {}, { namespace: 'a' }, /server\.json: 'namespace' must be a list of texts/],
    [{}, {}, [1], /must hold one JSON object/],
    [{}, {}, '{', /server\.json is not JSON/],
    [{}, { REPRISE_SERVER_TIME_SKIPPING: 'maybe' }, undefined, /REPRISE_SERVER_TIME_SKIPPING must be true or false/],
    [{}, { REPRISE_SERVER_PORT: '99999' }, undefined, /--port must be a whole number from 0 to 65535/],
    [{ 'tls-cert': 'none.pem' }, {}, undefined, /--tls-cert: ENOENT/],
    [{ 'tls-key': 'read-server-options.ts' }, {}, undefined, /TLS needs --tls-cert and --tls-key/],
  ])('%j %j %j is refused', (flags, environment, file, message) => {
    expect(() => merged(flags as Record<string, string>, environment as Record<string, string>, file)).toThrow(message);
    expect(() => merged(flags as Record<string, string>, environment as Record<string, string>, file)).toThrow(
      UsageError,
    );
  });
});
