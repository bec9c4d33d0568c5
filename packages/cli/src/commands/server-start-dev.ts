import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RunningServer, ServerOptions } from '@reprise/server-lite';

import type { Command, CommandLine, OptionSpec } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { stringOption } from '../command-line/parse-command-line.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { untilAskedToStop } from '../live/until-asked-to-stop.ts';
import { mergeOptions, variableOf } from '../server/option-sources.ts';
import { readServerOptions } from '../server/read-server-options.ts';
import { serverOptionSpecs } from '../server/server-options.ts';

const configOption: OptionSpec = {
  name: 'config',
  type: 'string',
  value: 'FILE',
  description: 'a JSON file of these options, by their names without the leading dashes',
};

export const serverStartDev: Command = {
  name: 'server start-dev',
  summary: 'Run the server on this machine',
  usage: '[options]',
  description:
    'One process, on loopback unless --ip says otherwise. Without --db-filename everything is in memory and gone with it. ' +
    `Each option can also be given by the environment (${variableOf('db-filename')}, lists with commas or one a line) or by ` +
    'the file that --config names; a flag wins over the environment, and the environment over the file.',
  maxOperands: 0,
  options: [configOption, ...serverOptionSpecs],
  examples: [
    'reprise server start-dev',
    'reprise server start-dev --db-filename reprise.db --port 7234',
    'reprise server start-dev --namespace orders --search-attribute CustomerId=Keyword',
    'reprise server start-dev --ip 0.0.0.0 --tls-cert server.pem --tls-key server.key --tls-client-ca ca.pem',
    'reprise server start-dev --config server.json',
  ],
  async run(line, terminal) {
    const merged = withSources(line, terminal);
    // A port in use is said below, and not a second time by gRPC.
    process.env['GRPC_VERBOSITY'] ??= 'NONE';
    const serverLite = await import('@reprise/server-lite');
    const options = readServerOptions(merged, terminal, serverLite);
    warnOfNoEffect(merged, terminal);
    let server: RunningServer;
    try {
      server = await serverLite.startServer(options);
    } catch (error) {
      // What keeps a server from starting is for whoever started it to read: a port in use, a file that is not ours.
      terminal.err(`reprise: the server did not start: ${error instanceof Error ? error.message : String(error)}`);
      return ExitCode.divergence;
    }
    const stopped = untilAskedToStop();
    terminal.out(readyLine(server, options));
    await stopped;
    await server.stop();
    return ExitCode.ok;
  },
};

function withSources(line: CommandLine, { env, cwd }: Terminal): CommandLine {
  const name = stringOption(line, 'config') ?? env[variableOf('config')];
  const file = name === undefined || name === '' ? undefined : { name, text: readConfig(resolve(cwd, name)) };
  return mergeOptions(serverOptionSpecs, { line, environment: env, file });
}

function readConfig(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--config: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readyLine({ address, metricsPort }: RunningServer, { dbFilename, ip, tls }: ServerOptions): string {
  const store = dbFilename === undefined ? 'in memory' : `in ${dbFilename}`;
  const secured = tls === undefined ? '' : ', with TLS';
  const metrics = metricsPort === undefined ? '' : `, metrics at http://${ip}:${metricsPort}/metrics`;
  return `Reprise server is ready at ${address} (${store}${secured})${metrics}`;
}

function warnOfNoEffect(line: CommandLine, terminal: Terminal): void {
  const without = ['http-port', 'ui-port'].filter((name) => line.options[name] !== undefined);
  const both = without.map((name) => `--${name}`).join(' and ');
  if (without.length > 0)
    terminal.err(`${both} ${without.length === 1 ? 'has' : 'have'} no effect yet: there is no HTTP API and no web UI.`);
}
