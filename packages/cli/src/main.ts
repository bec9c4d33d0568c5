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
    const text = userError(error);
    if (text === undefined) throw error;
    terminal.err(`reprise: ${text}`);
    return ExitCode.usage;
  }
}

/** What is for the user to put right, as opposed to a bug of ours: the command line, and files that cannot be written. */
function userError(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message;
  const isOfFile = error instanceof Error && 'code' in error && 'path' in error && 'syscall' in error;
  return isOfFile ? error.message : undefined;
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = HELP.has(args[0] ?? '') && args.length > 1 ? [...args.slice(1), '--help'] : args;
  const first = words[0];
  if (first === undefined || HELP.has(first)) return overview(terminal, { wasAsked: first !== undefined });
  if (first === '--version' || first === '-v' || first === 'version') return version(terminal);
  const wantsHelp = words.some((word) => HELP.has(word) && word.startsWith('-'));
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length > 0 && wantsHelp && words.length === 2) return overview(terminal, { wasAsked: true, of: first });
  const entry = findCommand(words);
  const rest = words.slice(entry.name.split(' ').length);
  const command = await entry.load();
  if (wantsHelp) {
    const { helpOf } = await import('./command-line/help.ts');
    terminal.out(helpOf(command));
    return ExitCode.ok;
  }
  const { parseCommandLine } = await import('./command-line/parse-command-line.ts');
  try {
    return await command.run(parseCommandLine(command, rest), terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\n'reprise ${command.name} --help' says what it takes`, { cause: error });
  }
}

/** All commands, or those of a group such as `server`. */
async function overview(terminal: Terminal, { wasAsked, of }: { wasAsked: boolean; of?: string }): Promise<ExitCode> {
  const { helpOverview } = await import('./command-line/help.ts');
  terminal.out(helpOverview(COMMANDS.filter(({ name }) => of === undefined || name.startsWith(`${of} `))));
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
  const names = [...COMMANDS.map(({ name }) => name), 'help', 'version'];
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
