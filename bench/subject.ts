/** What is measured: an SDK, installed as its users install it, in a folder outside the workspaces. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Subject {
  label: 'reprise' | 'published';
  /** A folder whose node_modules holds the SDK. */
  root: string;
  scope: string;
  /** What `npm install` is told to install. */
  packages: readonly string[];
}

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = dirname(here.replace(/\/$/, ''));
const publishedVersion = '1.24.0';
const workflowLibraries = ['zod@4.6.7', 'lodash-es@4.18.1', 'date-fns@4.4.0'];

/** Packs this repository's packages and installs them. */
export function prepareReprise(): Subject {
  const root = emptyFolder('reprise');
  const tarballs = join(root, 'tarballs');
  execFileSync(process.execPath, [join(repository, 'tools/pack/pack.ts'), tarballs], { stdio: 'ignore' });
  // The published SDK is measured without its package for coverage, which few install and which brings a compiler.
  const names = readdirSync(tarballs).filter((name) => !name.includes('nyc-test-coverage'));
  const packages = names.map((name) => join(tarballs, name));
  install(root, [...packages, ...workflowLibraries]);
  return stage({ label: 'reprise', root, scope: '@reprise', packages });
}

/** Installs the published SDK, or finds it installed by an earlier run. */
export function preparePublished(): Subject {
  const packages = ['worker', 'client', 'workflow', 'activity', 'testing'].map(
    (name) => `@temporalio/${name}@${publishedVersion}`,
  );
  const root = join(tmpdir(), 'reprise-bench', 'published');
  if (!existsSync(join(root, 'node_modules', '@temporalio', 'worker'))) {
    emptyFolder('published');
    // Several copies of protobufjs in one tree break the JSON form of histories; naming version 8 leaves one.
    install(root, [...packages, 'protobufjs@8.8.1', '@swc/core@1.16.18', ...workflowLibraries]);
  }
  return stage({ label: 'published', root, scope: '@temporalio', packages });
}

function emptyFolder(name: string): string {
  const folder = join(tmpdir(), 'reprise-bench', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `bench-${name}`, private: true, type: 'module' }));
  return folder;
}

/** npm as a user runs it: without what an enclosing npm script put into the environment. */
export function npmEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '', ...others } = process.env;
  const outer = Object.entries(others).filter(([name]) => !name.startsWith('npm_') && name !== 'INIT_CWD');
  const path = [dirname(process.execPath), ...PATH.split(delimiter).filter((entry) => !entry.includes('node_modules'))];
  return { ...Object.fromEntries(outer), PATH: path.join(delimiter) };
}

function install(root: string, packages: readonly string[]): void {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: root,
    env: npmEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Copies the workflows to where they resolve the SDK that is measured. */
function stage(subject: Subject): Subject {
  const target = join(subject.root, 'workflows');
  rmSync(target, { recursive: true, force: true });
  cpSync(join(here, 'workflows'), target, { recursive: true });
  for (const name of readdirSync(target)) {
    const file = join(target, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('@reprise/', `${subject.scope}/`));
  }
  return subject;
}
