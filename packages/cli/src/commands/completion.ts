import { closestWord } from '../command-line/closest-word.ts';
import type { Command, CommandEntry } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { completionScript, SHELLS } from '../completion/completion-script.ts';

export function completionOf(entries: readonly CommandEntry[]): Command {
  return {
    name: 'completion',
    summary: 'Print a completion script for a shell',
    usage: SHELLS.join('|'),
    maxOperands: 1,
    operands: SHELLS,
    options: [],
    examples: [
      'reprise completion bash >> ~/.bashrc',
      'reprise completion zsh >> ~/.zshrc',
      'reprise completion fish > ~/.config/fish/completions/reprise.fish',
    ],
    async run(line, terminal) {
      const shell = SHELLS.find((candidate) => candidate === line.operands[0]);
      if (shell === undefined) throw new UsageError(unknownShell(line.operands[0]));
      const commands = await Promise.all(entries.map((entry) => entry.load()));
      terminal.out(completionScript(shell, commands));
      return ExitCode.ok;
    },
  };
}

function unknownShell(word: string | undefined): string {
  const shells = SHELLS.join(', ');
  if (word === undefined) return `which shell? One of ${shells}`;
  const meant = closestWord(word, SHELLS);
  return `there is no script for '${word}', only for ${shells}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}
