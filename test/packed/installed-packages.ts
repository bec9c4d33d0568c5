/** The packages of this repository as a user gets them: packed, and installed by npm into a folder outside the tree. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startInstalledServer, type ServerProcess } from '../server-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Outcome {
  status: number;
  output: string;
}

export class InstalledPackages {
  readonly folder = mkdtempSync(join(tmpdir(), 'reprise-packed-'));
  readonly tarballs: string[];

  constructor() {
    const tarballs = join(this.folder, 'tarballs');
    execFileSync(process.execPath, [join(root, 'tools/pack/pack.ts'), tarballs]);
    this.tarballs = readdirSync(tarballs);
    writeFileSync(join(this.folder, 'package.json'), '{ "private": true }');
    cpSync(join(root, 'test/packed/projects'), this.folder, { recursive: true });
    const files = this.tarballs.map((name) => join(tarballs, name));
    const install = [
      'install',
      '--no-audit',
      '--no-fund',
      ...files,
      'typescript@5.9.3',
      'typescript-5.2@npm:typescript@5.2.2',
      '@types/node@24.10.1',
      'vitest@5.1.1',
    ];
    // A registry that stalls once is no fault of the packages.
    if (this.run('npm', install, '.', 120_000).status !== 0) this.succeed('npm', install);
  }

  /** What can be imported by name: each entry of each package, patterns and files of JSON left out. */
  entries(): string[] {
    return readdirSync(join(this.folder, 'node_modules/@reprise')).flatMap((name) => {
      const text = readFileSync(join(this.folder, 'node_modules/@reprise', name, 'package.json'), 'utf8');
      const { exports = {} } = JSON.parse(text) as { exports?: Record<string, unknown> };
      const paths = Object.keys(exports).filter((path) => !path.includes('*') && !path.endsWith('.json'));
      return paths.map((path) => `@reprise/${name}${path.slice(1)}`);
    });
  }

  /** Runs a command the way a user's shell does: Node 24 first, and nothing of the npm script that runs the tests. */
  run(command: string, args: readonly string[], project = '.', timeout = 400_000): Outcome {
    try {
      const options = {
        cwd: join(this.folder, project),
        env: userEnvironment(),
        encoding: 'utf8',
        stdio: 'pipe',
        timeout,
      } as const;
      return { status: 0, output: execFileSync(command, args, options) };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number | null; stdout: string; stderr: string };
      return { status: status ?? -1, output: `${stdout}${stderr}` };
    }
  }

  /** Like `run`, but throws what was printed when the command fails. */
  succeed(command: string, args: readonly string[], project?: string): string {
    const { status, output } = this.run(command, args, project);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output}`);
    return output;
  }

  /** Starts `npx reprise server start-dev` and waits until it says where it listens. */
  startServer(): Promise<ServerProcess> {
    return startInstalledServer(this.folder, userEnvironment());
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function userEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '', ...others } = process.env;
  const own = /^(npm_|VITEST|INIT_CWD$|NODE_ENV$|NODE_OPTIONS$|TEST$)/;
  const outer = Object.entries(others).filter(([name]) => !own.test(name));
  const path = [dirname(process.execPath), ...PATH.split(delimiter).filter((entry) => !entry.includes('node_modules'))];
  return { ...Object.fromEntries(outer), PATH: path.join(delimiter) };
}
