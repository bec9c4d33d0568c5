import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { say } from './narration.ts';

const require = createRequire(import.meta.url);

/** The executable of the command line, as it is installed. */
export function repriseBin(): string {
  const manifest = require.resolve('reprise/package.json');
  const { bin } = require(manifest) as { bin: { reprise: string } };
  return join(dirname(manifest), bin.reprise);
}

/** Runs a command before the audience, in `cwd`; gives its exit code. */
export function reprise(args: readonly string[], { cwd, shown }: { cwd: string; shown: string }): number {
  say(`\n$ npx reprise ${shown}`);
  const { status, error } = spawnSync(process.execPath, [repriseBin(), ...args], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error !== undefined) throw error;
  return status ?? -1;
}
