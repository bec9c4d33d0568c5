/** Options of a command from several places: a flag wins over the environment, and the environment over a file. */
import type { CommandLine, OptionSpec, OptionValue } from '../command-line/command.ts';
import { UsageError } from '../command-line/usage-error.ts';

type Options = Readonly<Record<string, OptionValue>>;

export interface OptionSources {
  readonly line: CommandLine;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Text of the file, and its name for messages. */
  readonly file: { readonly name: string; readonly text: string } | undefined;
}

/** @throws UsageError that names the variable or the field, and says what was expected of it */
export function mergeOptions(specs: readonly OptionSpec[], { line, environment, file }: OptionSources): CommandLine {
  return {
    operands: line.operands,
    options: {
      ...(file ? optionsOfFile(specs, file) : {}),
      ...optionsOfEnvironment(specs, environment),
      ...line.options,
    },
  };
}

/** `db-filename` is `REPRISE_SERVER_DB_FILENAME`. */
export const variableOf = (name: string): string => `REPRISE_SERVER_${name.toUpperCase().replaceAll('-', '_')}`;

function optionsOfEnvironment(specs: readonly OptionSpec[], environment: OptionSources['environment']): Options {
  const options: Record<string, OptionValue> = {};
  for (const spec of specs) {
    const variable = variableOf(spec.name);
    const value = environment[variable];
    if (value === undefined || value === '') continue;
    if (spec.type === 'boolean') options[spec.name] = booleanOf(variable, value);
    else options[spec.name] = spec.multiple === true ? listOf(value) : value;
  }
  return options;
}

/** One a line where commas may be part of a value. */
const listOf = (value: string): string[] =>
  (value.includes('\n') || value.includes('{') ? value.split('\n') : value.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');

function booleanOf(where: string, value: unknown): boolean {
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  throw new UsageError(`${where} must be true or false, found ${JSON.stringify(value)}`);
}

function optionsOfFile(
  specs: readonly OptionSpec[],
  { name: file, text }: NonNullable<OptionSources['file']>,
): Options {
  const fields = parse(file, text);
  const options: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    const spec = specs.find((candidate) => candidate.name === name);
    if (!spec) throw new UsageError(`${file}: there is no option '${name}'; the names are those of the flags`);
    options[name] = optionOf(spec, value, `${file}: '${name}'`);
  }
  return options;
}

function parse(file: string, text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${file} must hold one JSON object, with the flags' names as its fields`);
}

function optionOf(spec: OptionSpec, value: unknown, where: string): OptionValue {
  if (spec.type === 'boolean') return booleanOf(where, value);
  if (spec.multiple !== true) {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw new UsageError(`${where} must be a text or a number, found ${JSON.stringify(value)}`);
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  const takesPairs = spec.value?.includes('=') === true;
  if (takesPairs && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const isJson = spec.value?.endsWith('JSON') === true;
    return Object.entries(value).map(([key, item]) => `${key}=${isJson ? JSON.stringify(item) : String(item)}`);
  }
  throw new UsageError(
    `${where} must be a list of texts${takesPairs ? ' or an object' : ''}, found ${JSON.stringify(value)}`,
  );
}
