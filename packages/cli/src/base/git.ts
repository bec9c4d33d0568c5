import { execFileSync } from 'node:child_process';

import { UsageError } from '../command-line/usage-error.ts';

/** What git prints. @throws UsageError with git's own words */
export function git(args: readonly string[], cwd: string): string {
  try {
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1024 ** 3,
    });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? (error as Error).message;
    throw new UsageError(`git ${args[0]} failed: ${said.trim().split('\n')[0] ?? ''}`);
  }
}
