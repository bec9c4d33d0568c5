import type { Command, CommandEntry, OptionSpec } from './command.ts';

export function helpOverview(entries: readonly CommandEntry[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  return [
    'reprise: durable execution for TypeScript',
    '',
    'Usage: reprise COMMAND [options]',
    '',
    'Commands:',
    ...entries.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    "'reprise COMMAND --help' says more about a command.",
  ].join('\n');
}

export function helpOf(command: Command): string {
  const heads = command.options.map(optionHead);
  const width = Math.max(0, ...heads.map((head) => head.length));
  return [
    command.summary,
    '',
    `Usage: reprise ${command.name} ${command.usage}`.trimEnd(),
    ...(command.description === undefined ? [] : ['', command.description]),
    ...(heads.length === 0 ? [] : ['', 'Options:']),
    ...command.options.map((option, index) => `  ${(heads[index] ?? '').padEnd(width)}  ${option.description}`),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
  ].join('\n');
}

function optionHead(option: OptionSpec): string {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  const value = option.type === 'boolean' ? '' : ` ${option.value ?? 'VALUE'}`;
  return `${short}--${option.name}${value}${option.multiple === true ? ' ...' : ''}`;
}
