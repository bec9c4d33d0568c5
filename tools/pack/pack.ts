/**
 * Writes the tarball of every publishable package into a folder: `node tools/pack/pack.ts [folder]`, by default
 * `tarballs/`. The packages must have been built.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishableFolders, readManifest } from './publishable-folders.ts';
import { stagePackage } from './stage-package.ts';

function packFolder(folder: string, destination: string): string {
  const { name } = readManifest(folder);
  if (!existsSync(join(folder, 'dist'))) throw new Error(`${name} has no dist folder: run "npm run build" first`);
  const staging = mkdtempSync(join(tmpdir(), 'reprise-pack-'));
  try {
    stagePackage(folder, staging);
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
    const report = execFileSync('npm', args, { cwd: staging, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return tarballName(JSON.parse(report), name);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** npm up to 11 prints a list, npm 12 an object by package name. */
function tarballName(report: unknown, name: string): string {
  const entries = Object.values(report as Record<string, { filename?: string }>);
  const filename = entries[0]?.filename;
  if (filename === undefined) throw new Error(`npm pack did not name the tarball of ${name}`);
  return filename;
}

const destination = resolve(process.argv[2] ?? fileURLToPath(new URL('../../tarballs', import.meta.url)));
rmSync(destination, { recursive: true, force: true });
mkdirSync(destination, { recursive: true });
for (const folder of publishableFolders()) console.log(join(destination, packFolder(folder, destination)));
