import type * as ServerLite from '@reprise/server-lite';

import type { Command, CommandLine } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import {
  booleanOption,
  choiceOption,
  numberOption,
  stringOption,
  stringsOption,
} from '../command-line/parse-command-line.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { untilAskedToStop } from '../live/until-asked-to-stop.ts';

const PORTS = { low: 0, high: 65535 };
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'never'] as const;
const LOG_FORMATS = ['text', 'json', 'pretty'] as const;
const ATTRIBUTE_TYPES = 'Text, Keyword, Int, Double, Bool, Datetime, KeywordList';

export const serverStartDev: Command = {
  name: 'server start-dev',
  summary: 'Run the server on this machine',
  usage: '[options]',
  description:
    'One process, on loopback unless --ip says otherwise. Without --db-filename everything is in memory and gone with it.',
  maxOperands: 0,
  options: [
    { name: 'ip', type: 'string', value: 'ADDRESS', description: 'listen here; default: 127.0.0.1' },
    {
      name: 'port',
      short: 'p',
      type: 'string',
      value: 'PORT',
      description: 'gRPC port; default: 7233; 0: any free one',
    },
    {
      name: 'db-filename',
      short: 'f',
      type: 'string',
      value: 'FILE',
      description: 'keep everything in this SQLite file',
    },
    {
      name: 'namespace',
      short: 'n',
      type: 'string',
      multiple: true,
      value: 'NAME',
      description: "create this namespace beside 'default'",
    },
    {
      name: 'search-attribute',
      type: 'string',
      multiple: true,
      value: 'NAME=TYPE',
      description: `create this search attribute: ${ATTRIBUTE_TYPES}`,
    },
    {
      name: 'dynamic-config-value',
      type: 'string',
      multiple: true,
      value: 'KEY=JSON',
      description: 'set a value of the configuration, such as limit.maxIDLength=255',
    },
    {
      name: 'log-level',
      type: 'string',
      choices: LOG_LEVELS,
      value: 'LEVEL',
      description: `${LOG_LEVELS.join(', ')}; default: warn`,
    },
    {
      name: 'log-format',
      type: 'string',
      choices: ['text', 'json'],
      value: 'FORMAT',
      description: 'text or json; default: text on a terminal, else json',
    },
    { name: 'time-skipping', type: 'boolean', description: 'virtual time: the clock jumps when nothing is under way' },
    { name: 'metrics-port', type: 'string', value: 'PORT', description: 'serve Prometheus metrics on this port' },
    {
      name: 'allow-remote',
      type: 'boolean',
      description: 'listen on an address that others can reach, though nothing keeps them out',
    },
    { name: 'headless', type: 'boolean', description: 'without a web UI, which does not exist yet in any case' },
    { name: 'http-port', type: 'string', value: 'PORT', description: 'has no effect yet' },
    { name: 'ui-port', type: 'string', value: 'PORT', description: 'has no effect yet' },
  ],
  examples: [
    'reprise server start-dev',
    'reprise server start-dev --db-filename reprise.db --port 7234',
    'reprise server start-dev --namespace orders --search-attribute CustomerId=Keyword',
  ],
  async run(line, terminal) {
    const serverLite = await import('@reprise/server-lite');
    const options = serverOptions(line, terminal, serverLite);
    warnOfNoEffect(line, terminal);
    let server: ServerLite.RunningServer;
    try {
      server = await serverLite.startServer(options);
    } catch (error) {
      // What keeps a server from starting is for whoever started it to read: a port in use, a file that is not ours.
      terminal.err(`reprise: the server did not start: ${error instanceof Error ? error.message : String(error)}`);
      return ExitCode.divergence;
    }
    const stopped = untilAskedToStop();
    const store = options.dbFilename === undefined ? 'in memory' : `in ${options.dbFilename}`;
    terminal.out(`Reprise server is ready at ${server.address} (${store})`);
    await stopped;
    await server.stop();
    return ExitCode.ok;
  },
};

function serverOptions(
  line: CommandLine,
  { isInteractive }: Terminal,
  { parseConfigValue, parseSearchAttribute }: typeof ServerLite,
): ServerLite.ServerOptions {
  const dbFilename = stringOption(line, 'db-filename');
  const logLevel = choiceOption(line, 'log-level', LOG_LEVELS) ?? 'warn';
  const logFormat = choiceOption(line, 'log-format', LOG_FORMATS) ?? (isInteractive ? 'text' : 'json');
  const metricsPort = numberOption(line, 'metrics-port', PORTS);
  return {
    ip: stringOption(line, 'ip') ?? '127.0.0.1',
    port: numberOption(line, 'port', PORTS) ?? 7233,
    ...(dbFilename === undefined ? {} : { dbFilename }),
    namespaces: stringsOption(line, 'namespace'),
    searchAttributes: Object.fromEntries(read(line, 'search-attribute', parseSearchAttribute)),
    dynamicConfig: Object.fromEntries(read(line, 'dynamic-config-value', parseConfigValue)),
    timeSkipping: booleanOption(line, 'time-skipping'),
    allowRemote: booleanOption(line, 'allow-remote'),
    ...(metricsPort === undefined ? {} : { metricsPort }),
    logLevel: logLevel === 'never' ? 'none' : logLevel,
    logFormat: logFormat === 'json' ? 'json' : 'text',
  };
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

function warnOfNoEffect(line: CommandLine, terminal: Terminal): void {
  const without = ['http-port', 'ui-port'].filter((name) => line.options[name] !== undefined);
  const both = without.map((name) => `--${name}`).join(' and ');
  if (without.length > 0)
    terminal.err(`${both} ${without.length === 1 ? 'has' : 'have'} no effect yet: there is no HTTP API and no web UI.`);
}
