import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { localPackages } from '../init/local-packages.ts';
import { projectFiles } from '../init/project-files.ts';
import { ownVersion } from '../own-version.ts';

export const init: Command = {
  name: 'init',
  summary: 'Create a project that runs, with a test and a CI file',
  usage: '[FOLDER]',
  description: 'Files that exist already are left as they are; if there is one, nothing is written.',
  maxOperands: 1,
  options: [],
  examples: ['reprise init my-workflows', 'mkdir my-workflows && cd my-workflows && npx reprise init'],
  run(line, terminal) {
    const folder = resolve(terminal.cwd, line.operands[0] ?? '.');
    const files = projectFiles({
      name: packageName(basename(folder)),
      version: ownVersion(),
      local: localPackages(import.meta.filename),
    });
    const existing = [...files.keys()].filter((file) => existsSync(join(folder, file)));
    if (existing.length > 0) {
      terminal.err(`reprise: nothing was written, since there is already ${existing.join(', ')} in ${folder}`);
      return Promise.resolve(ExitCode.usage);
    }
    for (const [file, text] of files) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      terminal.out(`  ${file}`);
    }
    const where = relative(terminal.cwd, folder);
    terminal.out(
      `\nNext: ${where === '' ? '' : `cd ${/[^\w./-]/.test(where) ? `'${where}'` : where} && `}npm install && npm test`,
    );
    return Promise.resolve(ExitCode.ok);
  },
};

function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[._-]+|-+$/g, '');
  return name === '' ? 'workflows' : name;
}
