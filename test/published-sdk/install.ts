import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Installs the published SDK into this folder, unless it is there. Test files that run side by side may all call it. */
export function installPublishedSdk(): void {
  if (isInstalled()) return;
  const staging = mkdtempSync(join(folder, '.reprise-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(folder, name), join(staging, name));
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: staging, stdio: 'ignore' });
    if (!isInstalled()) putInPlace(join(staging, 'node_modules'));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Every dependency is there, in its version. */
function isInstalled(): boolean {
  const { dependencies } = readManifest('package.json') as { dependencies: Record<string, string> };
  return Object.entries(dependencies).every(([name, version]) => {
    const manifest = join('node_modules', name, 'package.json');
    return existsSync(join(folder, manifest)) && (readManifest(manifest) as { version: string }).version === version;
  });
}

const readManifest = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

function putInPlace(modules: string): void {
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  renameSync(modules, join(folder, 'node_modules'));
}
