import type { Command, CommandEntry } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { completionScript, SHELLS } from '../completion/completion-script.ts';

export function completionOf(entries: readonly CommandEntry[]): Command {
  return {
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
      const commands = await Promise.all(entries.map((entry) => entry.load()));
      terminal.out(completionScript(shell, commands));
      return ExitCode.ok;
    },
  };
}
