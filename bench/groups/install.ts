import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medians, type Figures } from '../measure.ts';
import type { Group } from '../row.ts';
import { npmEnvironment, type Subject } from '../subject.ts';

export const install: Group<'seconds' | 'packages' | 'megabytes'> = {
  name: 'install',
  rows: {
    seconds: { what: 'install, empty npm cache', unit: 's', goal: 10, recorded: 20, better: 'lower' },
    packages: { what: 'installed packages', unit: '', goal: 70, recorded: 151, better: 'lower' },
    megabytes: { what: 'installed size', unit: 'MB', goal: 80, recorded: 263, better: 'lower' },
  },
  measure: (subject, repetitions) => medians(Math.min(3, repetitions), async () => installOnce(subject)),
};

function installOnce({ packages }: Subject): Figures {
  const folder = mkdtempSync(join(tmpdir(), 'reprise-bench-install-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const args = ['install', '--no-audit', '--no-fund', '--cache', join(folder, '.npm-cache'), ...packages];
    const startedMs = performance.now();
    execFileSync('npm', args, { cwd: folder, env: npmEnvironment(), stdio: 'ignore' });
    const seconds = (performance.now() - startedMs) / 1000;
    const modules = join(folder, 'node_modules');
    const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as { packages: object };
    const kilobytes = Number(execFileSync('du', ['-sk', modules], { encoding: 'utf8' }).split('\t')[0]);
    return { seconds, packages: Object.keys(lock.packages).length, megabytes: kilobytes / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
