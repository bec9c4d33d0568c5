import { resolve } from 'node:path';

import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { stringOption } from '../command-line/parse-command-line.ts';
import { UsageError } from '../command-line/usage-error.ts';

export const serverBackup: Command = {
  name: 'server backup',
  summary: 'Copy the database of a server, also of one that runs',
  usage: 'FILE [options]',
  description: 'The copy has all that was committed when it began. A server started on the copy goes on from there.',
  options: [
    {
      name: 'output',
      short: 'o',
      type: 'string',
      value: 'COPY',
      description: 'the file to make, which must not exist yet; default: FILE with the time and .backup after it',
    },
  ],
  examples: ['reprise server backup reprise.db', 'reprise server backup reprise.db --output monday.db'],
  async run(line, terminal) {
    const [file, ...others] = line.operands;
    if (file === undefined || others.length > 0) throw new UsageError("'server backup' takes one file: the database");
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const copy = stringOption(line, 'output') ?? `${file}.${time}.backup`;
    const { backUpDatabase } = await import('@reprise/server-lite');
    try {
      backUpDatabase(resolve(terminal.cwd, file), resolve(terminal.cwd, copy));
      terminal.out(`${file} is copied to ${copy}`);
      return ExitCode.ok;
    } catch (error) {
      terminal.err(`reprise: ${error instanceof Error ? error.message : String(error)}`);
      return ExitCode.corpus;
    }
  },
};
