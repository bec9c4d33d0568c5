import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { numberOption, stringOption } from '../command-line/parse-command-line.ts';
import { DevWorker } from '../dev/dev-worker.ts';
import { watchSources } from '../dev/watch-sources.ts';
import { untilAskedToStop } from '../live/until-asked-to-stop.ts';

export const dev: Command = {
  name: 'dev',
  summary: 'Run server and worker, and swap the code on save',
  usage: '[options]',
  description:
    'When a file beside the worker file changes, workflow code is taken in at once, and for all else the worker is started anew. Running executions go on with the new code.',
  maxOperands: 0,
  options: [
    {
      name: 'worker',
      short: 'w',
      type: 'string',
      value: 'FILE',
      description: 'the module that runs the worker; default: src/worker.ts',
    },
    { name: 'port', short: 'p', type: 'string', value: 'PORT', description: 'gRPC port of the server; default: 7233' },
    {
      name: 'db-filename',
      short: 'f',
      type: 'string',
      value: 'FILE',
      description: 'keep everything in this SQLite file',
    },
  ],
  examples: ['reprise dev', 'reprise dev --worker src/worker.ts --db-filename reprise.db'],
  async run(line, terminal) {
    const workerFile = stringOption(line, 'worker') ?? 'src/worker.ts';
    const port = numberOption(line, 'port', { low: 0, high: 65535 }) ?? 7233;
    const dbFilename = stringOption(line, 'db-filename');
    const { startServer } = await import('@reprise/server-lite');
    const server = await startServer({ port, ...(dbFilename === undefined ? {} : { dbFilename }) });
    const stopped = untilAskedToStop();
    terminal.out(`Reprise server is ready at ${server.address}`);
    const worker = new DevWorker({
      file: workerFile,
      cwd: terminal.cwd,
      address: server.address,
      say: (text) => terminal.out(text),
    });
    worker.start();
    const stopWatching = watchSources({
      file: workerFile,
      cwd: terminal.cwd,
      onChange: (files) => void worker.change(files),
    });
    await stopped;
    stopWatching();
    await worker.stop();
    await server.stop();
    return ExitCode.ok;
  },
};
