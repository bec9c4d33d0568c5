import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** All that the value may be, for completion. */
  readonly choices?: readonly string[];
  /** How help shows the value, such as `FILE`. */
  readonly value?: string;
  readonly description: string;
}

export type OptionValue = string | boolean | readonly string[] | undefined;

export interface CommandLine {
  readonly options: Readonly<Record<string, OptionValue>>;
  /** What is left after the options. */
  readonly operands: readonly string[];
}

export interface Command {
  /** As typed after `reprise`. */
  readonly name: string;
  readonly summary: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly description?: string;
  readonly options: readonly OptionSpec[];
  /** All that the words may be that are no options, for completion; default: files. */
  readonly operands?: readonly string[];
  /** How many words may follow that are no options; default: any number. */
  readonly maxOperands?: number;
  readonly examples: readonly string[];
  run(line: CommandLine, terminal: Terminal): Promise<ExitCode>;
}

/** A command by its name and summary; the rest is loaded when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}
