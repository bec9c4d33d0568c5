import type { Command } from '../command-line/command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that completes commands, their second words and their options; files where nothing else fits. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
    case 'fish':
      return fish(commands);
  }
}

function firstWords(commands: readonly Command[]): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))];
}

function secondWords(commands: readonly Command[], first: string): string[] {
  return commands.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));
}

function optionsOf(commands: readonly Command[], first: string): string[] {
  const group = commands.filter(({ name }) => name.split(' ')[0] === first);
  return [...new Set(group.flatMap(({ options }) => options.map(({ name }) => `--${name}`))), '--help'];
}

function bash(commands: readonly Command[]): string {
  const cases = firstWords(commands).map((first) => {
    const words = [...secondWords(commands, first), ...optionsOf(commands, first)].join(' ');
    return `    ${first}) words="${words}" ;;`;
  });
  return [
    '_reprise() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" words',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    `    *) words="${firstWords(commands).join(' ')}" ;;`,
    '  esac',
    `  [ "$COMP_CWORD" -eq 1 ] && words="${firstWords(commands).join(' ')}"`,
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _reprise reprise',
  ].join('\n');
}

function fish(commands: readonly Command[]): string {
  const lines = firstWords(commands).flatMap((first) => {
    const summary = commands.find(({ name }) => name === first)?.summary ?? '';
    const seen = `"__fish_seen_subcommand_from ${first}"`;
    return [
      `complete -c reprise -n __fish_use_subcommand -a ${first} -d '${quoted(summary)}'`,
      ...secondWords(commands, first).map((second) => `complete -c reprise -n ${seen} -a ${second}`),
      ...optionsOf(commands, first).map((option) => `complete -c reprise -n ${seen} -l ${option.slice(2)}`),
    ];
  });
  return lines.join('\n');
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`\'`);
}
