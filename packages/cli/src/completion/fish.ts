import { type CompletedCommand, firstWords, groups } from './words.ts';

/** For fish: words with what they stand for. */
export function fish(commands: readonly CompletedCommand[]): string {
  const lines = [...firstWords(commands)].map(
    ([word, text]) => `complete -c reprise -f -n __fish_use_subcommand -a ${word} -d ${quoted(text)}`,
  );
  for (const [first, members] of groups(commands)) {
    const seconds = members.map(({ words }) => words[1] ?? '');
    const condition = `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${seconds.join(' ')}`;
    for (const { words, summary } of members)
      lines.push(`complete -c reprise -f -n ${quoted(condition)} -a ${words[1] ?? ''} -d ${quoted(summary)}`);
  }
  return [...lines, ...commands.flatMap(ofCommand)].join('\n');
}

function ofCommand({ words, options, operands }: CompletedCommand): string[] {
  const seen = quoted(words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and '));
  return [
    ...(operands.length === 0 ? [] : [`complete -c reprise -f -n ${seen} -a ${quoted(operands.join(' '))}`]),
    ...options.map(({ flag, description, choices, takesValue }) => {
      const value = !takesValue ? '' : choices.length === 0 ? ' -r -F' : ` -x -a ${quoted(choices.join(' '))}`;
      return `complete -c reprise -n ${seen} -l ${flag.slice(2)}${value} -d ${quoted(description)}`;
    }),
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
