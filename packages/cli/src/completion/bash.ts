import { type CompletedCommand, firstWords, groups } from './words.ts';

/** For bash: words only, and files where nothing else fits. */
export function bash(commands: readonly CompletedCommand[]): string {
  const grouped = groups(commands);
  return [
    '_reprise() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}" words=""',
    `  case "$command" in ${[...grouped.keys()].join('|')}) command="$command \${COMP_WORDS[2]}" ;; esac`,
    '  case "$COMP_CWORD $command" in',
    `    1\\ *) words="${[...firstWords(commands).keys()].join(' ')} help" ;;`,
    ...[...grouped].map(
      ([first, members]) => `    2\\ ${first}\\ *) words="${members.map(({ words }) => words[1]).join(' ')} --help" ;;`,
    ),
    '    *) case "$command $previous" in',
    ...commands.flatMap(values),
    '      *) case "$command" in',
    ...commands.map(
      ({ words, options, operands }) =>
        `        "${words.join(' ')}") words="${[...operands, ...options.map(({ flag }) => flag)].join(' ')}" ;;`,
    ),
    '      esac ;;',
    '    esac ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _reprise reprise',
  ].join('\n');
}

function values({ words, options }: CompletedCommand): string[] {
  const command = words.join(' ');
  const withFiles = options.filter(({ takesValue, choices }) => takesValue && choices.length === 0);
  const files = withFiles.map(({ flag }) => `"${command} ${flag}"`).join('|');
  return [
    ...options
      .filter(({ choices }) => choices.length > 0)
      .map(({ flag, choices }) => `      "${command} ${flag}") words="${choices.join(' ')}" ;;`),
    ...(files === '' ? [] : [`      ${files}) ;;`]),
  ];
}
