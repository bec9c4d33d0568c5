import { parseArgs } from 'node:util';

import { closestWord } from './closest-word.ts';
import type { Command, CommandLine, OptionSpec, OptionValue } from './command.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError that names the option, with the one that was probably meant */
export function parseCommandLine(command: Command, args: readonly string[]): CommandLine {
  const byName = new Map(command.options.map((option) => [option.name, option]));
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(command.options.map((option) => [option.name, parserOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: Record<string, OptionValue> = {};
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = byName.get(token.name);
    if (option === undefined) throw unknownOption(token.rawName, command);
    options[option.name] = optionValue(option, { value: token.value, before: options[option.name] });
  }
  const { maxOperands = Infinity } = command;
  const extra = operands[maxOperands];
  if (extra !== undefined) throw new UsageError(`'reprise ${command.name}' does not take '${extra}'`);
  return { options, operands };
}

function parserOption(option: OptionSpec): { type: 'string' | 'boolean'; short?: string } {
  return { type: option.type, ...(option.short === undefined ? {} : { short: option.short }) };
}

function optionValue(
  option: OptionSpec,
  { value, before }: { value: string | undefined; before: OptionValue },
): OptionValue {
  if (option.type === 'boolean') {
    if (value === undefined || value === 'true') return true;
    if (value === 'false') return false;
    throw new UsageError(`--${option.name} takes no value, found '${value}'`);
  }
  if (value === undefined)
    throw new UsageError(`--${option.name} needs a value: --${option.name} ${option.value ?? 'VALUE'}`);
  if (option.multiple === true) return [...(Array.isArray(before) ? (before as string[]) : []), value];
  if (before !== undefined) throw new UsageError(`--${option.name} is given twice`);
  return value;
}

function unknownOption(rawName: string, command: Command): UsageError {
  const meant = closestWord(
    rawName.replace(/^-+/, ''),
    command.options.map(({ name }) => name),
  );
  const suggestion = meant === undefined ? '' : `; did you mean --${meant}?`;
  return new UsageError(`'reprise ${command.name}' has no option ${rawName}${suggestion}`);
}

/** The value of an option that is given at most once. */
export function stringOption(line: CommandLine, name: string): string | undefined {
  const value = line.options[name];
  return typeof value === 'string' ? value : undefined;
}

export function stringsOption(line: CommandLine, name: string): readonly string[] {
  const value = line.options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

export function booleanOption(line: CommandLine, name: string): boolean {
  return line.options[name] === true;
}

/** @throws UsageError when the value is not a whole number from `low` to `high` */
export function numberOption(
  line: CommandLine,
  name: string,
  { low, high }: { low: number; high: number },
): number | undefined {
  const value = stringOption(line, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() !== '' && Number.isInteger(number) && number >= low && number <= high) return number;
  throw new UsageError(`--${name} must be a whole number from ${low} to ${high}, found '${value}'`);
}

/** @throws UsageError when the value is none of `choices` */
export function choiceOption<Choice extends string>(
  line: CommandLine,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = stringOption(line, name);
  const found = choices.find((choice) => choice === value);
  if (value === undefined || found !== undefined) return found;
  const meant = closestWord(value, choices);
  throw new UsageError(
    `--${name} must be one of ${choices.join(', ')}, found '${value}'${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  );
}
