import { resolve } from 'node:path';

import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { UsageError } from '../command-line/usage-error.ts';

export const serverCheck: Command = {
  name: 'server check',
  summary: 'Check the database of a server',
  usage: 'FILE',
  description:
    'Folds the events of every execution and compares: what is stored of it, what is still to be done, what lists show. ' +
    'Changes nothing, and may run beside the server.',
  options: [],
  examples: ['reprise server check reprise.db'],
  async run({ operands: [file, ...others] }, terminal) {
    if (file === undefined || others.length > 0) throw new UsageError("'server check' takes one file: the database");
    const { checkDatabase } = await import('@reprise/server-lite');
    try {
      const { runs, problems } = checkDatabase(resolve(terminal.cwd, file));
      for (const problem of problems) terminal.out(problem);
      terminal.out(
        `${file}: ${runs} runs checked, ${problems.length === 0 ? 'all well' : `${problems.length} problems`}`,
      );
      return problems.length === 0 ? ExitCode.ok : ExitCode.divergence;
    } catch (error) {
      terminal.err(`reprise: ${error instanceof Error ? error.message : String(error)}`);
      return ExitCode.corpus;
    }
  },
};
