/** What `startServer` is given, from the options of the command. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as ServerLite from '@reprise/server-lite';
import type { CommandLine } from '../command-line/command.ts';
import {
  booleanOption,
  choiceOption,
  numberOption,
  stringOption,
  stringsOption,
} from '../command-line/parse-command-line.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { logFormats, logLevels } from './server-options.ts';

const ports = { low: 0, high: 65_535 };
const longestDelayMs = 10_000;

/** @throws UsageError that names the option */
export function readServerOptions(
  line: CommandLine,
  { cwd, isInteractive }: Pick<Terminal, 'cwd' | 'isInteractive'>,
  { parseConfigValue, parseSearchAttribute }: Pick<typeof ServerLite, 'parseConfigValue' | 'parseSearchAttribute'>,
): ServerLite.ServerOptions {
  const dbFilename = stringOption(line, 'db-filename');
  const logLevel = choiceOption(line, 'log-level', logLevels) ?? 'warn';
  const metricsPort = numberOption(line, 'metrics-port', ports);
  const tls = tlsOptions(line, cwd);
  const logFormat = choiceOption(line, 'log-format', logFormats) ?? (isInteractive ? 'text' : 'json');
  return {
    ip: stringOption(line, 'ip') ?? '127.0.0.1',
    port: numberOption(line, 'port', ports) ?? 7233,
    ...(dbFilename === undefined ? {} : { dbFilename }),
    namespaces: stringsOption(line, 'namespace'),
    searchAttributes: Object.fromEntries(read(line, 'search-attribute', parseSearchAttribute)),
    dynamicConfig: Object.fromEntries(read(line, 'dynamic-config-value', parseConfigValue)),
    timeSkipping: booleanOption(line, 'time-skipping'),
    allowRemote: booleanOption(line, 'allow-remote'),
    apiKeys: stringsOption(line, 'api-key'),
    commitDelayMs: numberOption(line, 'commit-delay', { low: 0, high: longestDelayMs }) ?? 0,
    ...(tls ? { tls } : {}),
    ...(metricsPort === undefined ? {} : { metricsPort }),
    logLevel: logLevel === 'never' ? 'none' : logLevel,
    logFormat: logFormat === 'json' ? 'json' : 'text',
  };
}

function tlsOptions(line: CommandLine, cwd: string): ServerLite.ServerTlsOptions | undefined {
  const [certificate, key, clientCa] = ['tls-cert', 'tls-key', 'tls-client-ca'].map((name) => pem(line, name, cwd));
  if (certificate && key) return clientCa ? { certificate, key, clientCa } : { certificate, key };
  if (certificate || key || clientCa) {
    throw new UsageError('TLS needs --tls-cert and --tls-key, both of them; --tls-client-ca goes with these');
  }
  return undefined;
}

function pem(line: CommandLine, name: string, cwd: string): Buffer | undefined {
  const file = stringOption(line, name);
  if (file === undefined) return undefined;
  try {
    return readFileSync(resolve(cwd, file));
  } catch (error) {
    throw new UsageError(`--${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads each value of an option that may be repeated. */
function read<Value>(line: CommandLine, name: string, parse: (text: string) => Value): Value[] {
  return stringsOption(line, name).map((text) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof TypeError) throw new UsageError(`--${name} ${error.message}`);
      throw error;
    }
  });
}
