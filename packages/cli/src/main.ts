import { closestWord } from './command-line/closest-word.ts';
import type { CommandEntry } from './command-line/command.ts';
import { ExitCode } from './command-line/exit-code.ts';
import type { Terminal } from './command-line/terminal.ts';
import { UsageError } from './command-line/usage-error.ts';
import { COMMANDS } from './command-table.ts';

const HELP = new Set(['help', '--help', '-h']);

/**
 * Runs one command line and gives its exit code. Loads only what the command needs.
 *
 * @param args without the executable, such as `['replay', '--workflows', 'src/workflows.ts', 'histories']`
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`reprise: ${error.message}`);
    return ExitCode.usage;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = HELP.has(args[0] ?? '') && args.length > 1 ? [...args.slice(1), '--help'] : args;
  const first = words[0];
  if (first === undefined || HELP.has(first)) return overview(terminal, first !== undefined);
  if (first === '--version' || first === '-v' || first === 'version') return version(terminal);
  const entry = findCommand(words);
  const rest = words.slice(entry.name.split(' ').length);
  const command = await entry.load();
  if (rest.some((word) => word === '--help' || word === '-h')) {
    const { helpOf } = await import('./command-line/help.ts');
    terminal.out(helpOf(command));
    return ExitCode.ok;
  }
  const { parseCommandLine } = await import('./command-line/parse-command-line.ts');
  return await command.run(parseCommandLine(command, rest), terminal);
}

async function overview(terminal: Terminal, wasAsked: boolean): Promise<ExitCode> {
  const { helpOverview } = await import('./command-line/help.ts');
  terminal.out(helpOverview(COMMANDS));
  return wasAsked ? ExitCode.ok : ExitCode.usage;
}

async function version(terminal: Terminal): Promise<ExitCode> {
  const { ownVersion } = await import('./own-version.ts');
  terminal.out(`reprise ${ownVersion()} (Node ${process.versions.node})`);
  return ExitCode.ok;
}

function findCommand(words: readonly string[]): CommandEntry {
  const [first = '', second = ''] = words;
  const found = COMMANDS.find(({ name }) => name === `${first} ${second}` || name === first);
  if (found !== undefined) return found;
  const names = COMMANDS.map(({ name }) => name);
  const group = names.filter((name) => name.startsWith(`${first} `));
  if (group.length > 0 && (second === '' || second.startsWith('-'))) {
    throw new UsageError(`'${first}' needs one more word: ${group.map((name) => `reprise ${name}`).join(', ')}`);
  }
  const typed = group.length > 0 || names.some((name) => name.includes(' ')) ? `${first} ${second}`.trim() : first;
  const meant = closestWord(typed, names) ?? closestWord(first, names) ?? closestGroup(first, names);
  const suggestion = meant === undefined ? "'reprise help' lists them" : `did you mean 'reprise ${meant}'?`;
  throw new UsageError(`there is no command '${group.length > 0 ? typed : first}'; ${suggestion}`);
}

/** `sever` was meant to be the first word of `server start-dev`. */
function closestGroup(word: string, names: readonly string[]): string | undefined {
  const firsts = new Map(names.map((name) => [name.split(' ')[0] ?? name, name]));
  const meant = closestWord(word, [...firsts.keys()]);
  return meant === undefined ? undefined : firsts.get(meant);
}
