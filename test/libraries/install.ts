import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Installs the libraries into this folder, unless they are there. No script of theirs is run. */
export function installLibraries(): void {
  if (existsSync(join(folder, 'node_modules/zod/package.json'))) return;
  const staging = mkdtempSync(join(folder, '.reprise-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(folder, name), join(staging, name));
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--workspaces=false'], {
      cwd: staging,
      stdio: 'ignore',
    });
    if (!existsSync(join(folder, 'node_modules')))
      renameSync(join(staging, 'node_modules'), join(folder, 'node_modules'));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
