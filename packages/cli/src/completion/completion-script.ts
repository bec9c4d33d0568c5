import type { Command } from '../command-line/command.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { completed } from './words.ts';
import { zsh } from './zsh.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const scripts = { bash, zsh, fish };

/** A script that completes commands, options and what options may be; files where nothing else fits. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  return scripts[shell](completed(commands));
}
