import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Installs the libraries into this folder, unless they are there as locked. No script of theirs is run. */
export function installLibraries(): void {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const installedFrom = join(folder, 'node_modules/.installed-from.json');
  if (existsSync(installedFrom) && readFileSync(installedFrom, 'utf8') === lock) return;
  const staging = mkdtempSync(join(folder, '.reprise-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(folder, name), join(staging, name));
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--workspaces=false'], {
      cwd: staging,
      stdio: 'ignore',
    });
    writeFileSync(join(staging, 'node_modules/.installed-from.json'), lock);
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
    renameSync(join(staging, 'node_modules'), join(folder, 'node_modules'));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
