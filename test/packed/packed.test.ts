import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerProcess } from '../server-process.ts';
import { InstalledPackages } from './installed-packages.ts';

const compilers = {
  'TypeScript 5.9': (folder: string) => join(folder, 'node_modules/typescript/bin/tsc'),
  'TypeScript 7': () => fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url)),
};
const resolutions = {
  node10: ['--module', 'commonjs', '--moduleResolution', 'node10'],
  node16: ['--module', 'node16', '--moduleResolution', 'node16'],
  nodenext: ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
};

const cases = Object.keys(compilers).flatMap((compiler) =>
  Object.keys(resolutions).map((resolution) => ({ compiler, resolution })),
) as { compiler: keyof typeof compilers; resolution: keyof typeof resolutions }[];

describe('the packed packages', () => {
  let installed: InstalledPackages;
  let server: ServerProcess | undefined;

  beforeAll(async () => {
    installed = new InstalledPackages();
    server = await installed.startServer();
  });

  afterAll(async () => {
    await server?.stop();
    installed?.remove();
  });

  it('hold what is published and nothing else', () => {
    for (const tarball of installed.tarballs) {
      const files = execFileSync('tar', ['-tzf', join(installed.folder, 'tarballs', tarball)], { encoding: 'utf8' });
      expect(files, tarball).toContain('package/LICENSE');
      expect(files, tarball).toContain('package/dist/index.d.cts');
      expect(files, tarball).not.toMatch(/\.(test|suite)\.|tsbuildinfo/);
    }
  });

  it('are CommonJS for require, and one for the process with what is imported', () => {
    const script = `
      const { createRequire } = require('node:module');
      const required = { worker: require('@reprise/worker'), activity: require('@reprise/activity'), nexus: require('@reprise/nexus'), proto: require('@reprise/proto') };
      (async () => {
        const imported = { worker: await import('@reprise/worker'), activity: await import('@reprise/activity'), nexus: await import('@reprise/nexus'), proto: await import('@reprise/proto') };
        console.log(JSON.stringify([
          Object.keys(required).map((name) => require.resolve('@reprise/' + name).endsWith('.cjs')),
          required.worker.Runtime.instance() === imported.worker.Runtime.instance(),
          required.activity.asyncLocalStorage === imported.activity.asyncLocalStorage,
          required.nexus.asyncLocalStorage === imported.nexus.asyncLocalStorage,
          new required.proto.RpcError({ code: 5, details: '' }) instanceof imported.proto.RpcError,
          require('@reprise/worker/lib/pkg').default.version === require('@reprise/worker/package.json').version,
          typeof require('@reprise/common/lib/proto-utils.js').historyToJSON,
          typeof require('@reprise/client/lib/workflow-client.js').WorkflowClient,
        ]));
      })();`;
    const said = JSON.parse(installed.succeed('node', ['-e', script])) as unknown;
    expect(said).toEqual([[true, true, true, true], true, true, true, true, true, 'function', 'function']);
  });

  it('bring a command line', () => {
    expect(installed.succeed('npx', ['--no-install', 'reprise', '--version'])).toContain('0.1.0');
    expect(installed.run('npx', ['--no-install', 'reprise', 'no-such-command']).status).not.toBe(0);
  });

  // TypeScript 7 no longer has node10, and an ESM project cannot be checked as CommonJS.
  it.each(cases.filter(({ compiler, resolution }) => compiler !== 'TypeScript 7' || resolution !== 'node10'))(
    'have types for $compiler under $resolution',
    ({ compiler, resolution }) => {
      const tsc = compilers[compiler](installed.folder);
      const projects =
        resolution === 'node10' ? ['commonjs'] : resolution === 'bundler' ? ['esm'] : ['esm', 'commonjs'];
      for (const project of projects) {
        const { output, status } = installed.run(
          process.execPath,
          [tsc, '--noEmit', ...resolutions[resolution]],
          project,
        );
        expect({ output, status }, project).toEqual({ output: '', status: 0 });
      }
    },
  );

  it('have types that TypeScript 5.2 reads, at every entry', () => {
    const imports = installed.entries().map((entry, index) => `import * as entry${index} from '${entry}';\n`);
    writeFileSync(join(installed.folder, 'entries.ts'), `${imports.join('')}export {};\n`);
    const tsc = join(installed.folder, 'node_modules/typescript-5.2/bin/tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', ...resolutions.node16, 'entries.ts'];
    const { output } = installed.run(process.execPath, [tsc, ...options]);
    expect(output.split('\n').filter((line) => /@reprise|^entries/.test(line))).toEqual([]);
  });

  it.each(['esm', 'commonjs'])('run a workflow in a project of kind %s', (project) => {
    installed.succeed('npx', ['--no-install', 'tsc'], project);
    const output = installed.succeed(process.execPath, ['out/main.js', server?.address ?? ''], project);
    expect(output).toContain('Hello, World! (approved by Ada)');
  });

  it('make a project that runs, and that says what a change would break', () => {
    const reprise = ['--no-install', 'reprise'];
    installed.succeed('npx', [...reprise, 'init', 'my project']);
    installed.succeed('npx', ['--no-install', 'tsc', '--noEmit'], 'my project');
    expect(installed.succeed('npx', ['--no-install', 'vitest', 'run'], 'my project')).toContain('2 passed');
    const replay = [...reprise, 'replay', '--workflows', 'src/workflows.ts', 'histories'];
    expect(installed.run('npx', replay, 'my project')).toMatchObject({ status: 0 });

    const workflows = join(installed.folder, 'my project/src/workflows.ts');
    const text = readFileSync(workflows, 'utf8');
    writeFileSync(workflows, text.replace('  const text', "  await sleep('1 minute');\n  const text"));
    const { status, output } = installed.run('npx', replay, 'my project');
    expect(status).toBe(1);
    expect(output).toMatch(/error\[R1003\].*\n +--> src\/workflows\.ts:8:/);
    expect(installed.run('npx', ['--no-install', 'vitest', 'run'], 'my project').status).not.toBe(0);
  });
});
