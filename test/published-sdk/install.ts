import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Installs the published SDK into this folder, unless what is there is what the lockfile says. */
export function installPublishedSdk(): void {
  const installed = `${folder}/node_modules/@temporalio/worker/package.json`;
  const version = existsSync(installed)
    ? (JSON.parse(readFileSync(installed, 'utf8')) as { version: string }).version
    : '';
  if (version === '1.24.0') return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
}
