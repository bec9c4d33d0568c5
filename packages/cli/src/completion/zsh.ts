import { type CompletedCommand, type CompletedOption, firstWords, groups } from './words.ts';

/** For zsh: words with what they stand for. */
export function zsh(commands: readonly CompletedCommand[]): string {
  const grouped = groups(commands);
  return [
    '#compdef reprise',
    '(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }',
    '_reprise() {',
    '  local -a found',
    '  if (( CURRENT == 2 )); then',
    `    found=(${[...firstWords(commands)].map(([word, text]) => described(word, text)).join(' ')})`,
    "    _describe 'command' found; return",
    '  fi',
    '  local command="$words[2]"',
    '  shift words; (( CURRENT-- ))',
    ...[...grouped].flatMap(([first, members]) => [
      `  if [[ "$command" == ${first} ]]; then`,
      '    if (( CURRENT == 2 )); then',
      `      found=(${members.map(({ words, summary }) => described(words[1] ?? '', summary)).join(' ')})`,
      "      _describe 'command' found; return",
      '    fi',
      '    command="$command $words[2]"',
      '    shift words; (( CURRENT-- ))',
      '  fi',
    ]),
    '  case "$command" in',
    ...commands.map(
      ({ words, options, operands }) =>
        `    '${words.join(' ')}') _arguments ${[...options.map(option), operand(operands)].join(' ')} ;;`,
    ),
    '  esac',
    '}',
    'compdef _reprise reprise',
  ].join('\n');
}

function described(word: string, text: string): string {
  return quoted(`${word}:${text.replaceAll(':', String.raw`\:`)}`);
}

function option({ flag, description, choices, takesValue }: CompletedOption): string {
  const text = description.replaceAll(/[[\]:]/g, (found) => `\\${found}`);
  const value = choices.length === 0 ? ':file:_files' : `:value:(${choices.join(' ')})`;
  return quoted(`*${flag}[${text}]${takesValue ? value : ''}`);
}

function operand(operands: readonly string[]): string {
  return quoted(operands.length === 0 ? '*:file:_files' : `:value:(${operands.join(' ')})`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
