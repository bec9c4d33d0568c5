import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { COMMANDS } from '../command-table.ts';
import { completionScript, SHELLS } from '../completion/completion-script.ts';

export const completion: Command = {
  name: 'completion',
  summary: 'Print a completion script for a shell',
  usage: SHELLS.join('|'),
  options: [],
  examples: [
    'reprise completion bash >> ~/.bashrc',
    'reprise completion fish > ~/.config/fish/completions/reprise.fish',
  ],
  async run(line, terminal) {
    const shell = SHELLS.find((candidate) => candidate === line.operands[0]);
    if (shell === undefined) throw new UsageError(`which shell? One of ${SHELLS.join(', ')}`);
    const commands = await Promise.all(COMMANDS.map((entry) => entry.load()));
    terminal.out(completionScript(shell, commands));
    return ExitCode.ok;
  },
};
