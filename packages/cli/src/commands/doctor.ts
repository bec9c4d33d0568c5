import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { ownVersion } from '../own-version.ts';

interface Check {
  readonly name: string;
  /** What to do when it fails. */
  readonly remedy: string;
  /** What is right about it, in the project of `cwd`; throws what is wrong. */
  run(cwd: string): Promise<string>;
}

const OLDEST_NODE = 24;
const NATIVE_PARTS = ['isolated-vm', '@swc/core', 'oxc-resolver'];
const PACKAGES = ['common', 'proto', 'workflow', 'activity', 'client', 'worker', 'testing', 'server-lite'];
const DEFAULT_PORT = 7233;
const ONE_VERSION = 'All packages of @reprise have to be of one version: npm install, then npm ls --all';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check that everything Reprise needs is there',
  usage: '',
  maxOperands: 0,
  options: [],
  examples: ['reprise doctor'],
  async run(_line, terminal) {
    let isWell = true;
    for (const check of CHECKS) {
      try {
        terminal.out(`ok    ${check.name}: ${await check.run(terminal.cwd)}`);
      } catch (error) {
        // Whatever is wrong is the finding.
        isWell = false;
        terminal.out(
          `FAIL  ${check.name}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
        );
        terminal.out(`      ${check.remedy}`);
      }
    }
    return isWell ? ExitCode.ok : ExitCode.divergence;
  },
};

const CHECKS: readonly Check[] = [
  {
    name: 'Node',
    remedy: `Install Node ${OLDEST_NODE} or newer; \`npx -p node@${OLDEST_NODE} node ...\` runs it beside another.`,
    run() {
      const { node } = process.versions;
      if (Number(node.split('.')[0]) < OLDEST_NODE) throw new Error(`${node} is too old, ${OLDEST_NODE} is needed`);
      return Promise.resolve(`${node} on ${platform()} ${arch()}`);
    },
  },
  ...NATIVE_PARTS.map((name) => ({
    name,
    remedy: 'Its package has binaries for Linux, macOS and Windows; install again on this machine: npm ci',
    run: () => Promise.resolve(loadNative(name)),
  })),
  {
    name: 'isolate',
    remedy: 'Workflow code cannot run on this Node: try the newest release of its version.',
    run: runsInIsolate,
  },
  { name: '@reprise packages', remedy: ONE_VERSION, run: () => Promise.resolve(sameVersions()) },
  { name: 'this project', remedy: ONE_VERSION, run: (cwd) => Promise.resolve(projectVersions(cwd)) },
  { name: `port ${DEFAULT_PORT}`, remedy: '', run: portState },
];

/** The native parts belong to the worker, so they are looked for from there. */
function fromWorker(): NodeJS.Require {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve('@reprise/worker'));
}

function loadNative(name: string): string {
  const require = fromWorker();
  require(name);
  return 'its binary for this machine loads';
}

function runsInIsolate(): Promise<string> {
  const { Isolate } = fromWorker()('isolated-vm') as {
    Isolate: new () => { createContextSync(): { evalSync(code: string): unknown }; dispose(): void };
  };
  const isolate = new Isolate();
  try {
    if (isolate.createContextSync().evalSync('6 * 7') !== 42)
      throw new Error('code in an isolate gives a wrong result');
  } finally {
    isolate.dispose();
  }
  return Promise.resolve('runs code');
}

function sameVersions(): string {
  const require = createRequire(import.meta.url);
  const own = ownVersion();
  const others = PACKAGES.map((name) => {
    const { version } = require(`@reprise/${name}/package.json`) as { version: string };
    return { name, version };
  }).filter(({ version }) => version !== own);
  if (others.length > 0) {
    throw new Error(
      `expected version ${own} of all, found ${others.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    );
  }
  return `all ${own}`;
}

/** The packages that the code of a folder would import; there need not be any. */
function projectVersions(cwd: string): string {
  const require = createRequire(join(cwd, 'package.json'));
  const own = ownVersion();
  const found = PACKAGES.flatMap((name) => {
    try {
      const { version } = require(`@reprise/${name}/package.json`) as { version: string };
      return [{ name, version }];
    } catch {
      // Not installed here, as in a folder that only uses the command line.
      return [];
    }
  });
  const others = found.filter(({ version }) => version !== own).map(({ name, version }) => `${name} ${version}`);
  if (others.length > 0) throw new Error(`the command line is ${own}, found ${others.join(', ')}`);
  return found.length === 0 ? `no packages of @reprise in ${cwd}` : `${found.length} packages of @reprise, all ${own}`;
}

async function portState(): Promise<string> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve('in use: a server may be running there already'));
    server.listen(DEFAULT_PORT, '127.0.0.1', () => server.close(() => resolve('free')));
  });
}
