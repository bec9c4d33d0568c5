import type { Command, OptionSpec } from '../command-line/command.ts';

/** A command as completion scripts see it. */
export interface CompletedCommand {
  /** `server start-dev` has two. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What may follow that is no option; empty: files. */
  readonly operands: readonly string[];
}

export interface CompletedOption {
  readonly flag: string;
  readonly description: string;
  /** What the value may be; empty: files. */
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

const HELP: CompletedOption = { flag: '--help', description: 'say what it takes', choices: [], takesValue: false };

export function completed(commands: readonly Command[]): CompletedCommand[] {
  return commands.map(({ name, summary, options, operands = [] }) => ({
    words: name.split(' '),
    summary,
    options: [...options.map(completedOption), HELP],
    operands,
  }));
}

function completedOption({ name, description, choices = [], type }: OptionSpec): CompletedOption {
  return { flag: `--${name}`, description, choices, takesValue: type === 'string' };
}

/** The first words, each with what it stands for. */
export function firstWords(commands: readonly CompletedCommand[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { words, summary } of commands) {
    const [first = ''] = words;
    const others = commands.filter((command) => command.words[0] === first);
    found.set(first, others.length === 1 ? summary : others.map((command) => command.words[1]).join(', '));
  }
  return found;
}

/** The commands whose first word is not all: `server start-dev`, but not `init`. */
export function groups(commands: readonly CompletedCommand[]): Map<string, CompletedCommand[]> {
  return Map.groupBy(
    commands.filter(({ words }) => words.length > 1),
    ({ words }) => words[0] ?? '',
  );
}
