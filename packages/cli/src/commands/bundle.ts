import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { booleanOption, stringOption, stringsOption } from '../command-line/parse-command-line.ts';
import { UsageError } from '../command-line/usage-error.ts';

const MODULES_SHOWN = 20;

export const bundle: Command = {
  name: 'bundle',
  summary: 'Bundle workflow code into one file',
  usage: '--workflows FILE [--output FILE] [options]',
  options: [
    {
      name: 'workflows',
      short: 'w',
      type: 'string',
      value: 'FILE',
      description: 'the module that exports the workflows',
    },
    {
      name: 'output',
      short: 'o',
      type: 'string',
      value: 'FILE',
      description: 'where the bundle goes; without it, only sizes are shown',
    },
    {
      name: 'interceptors',
      type: 'string',
      multiple: true,
      value: 'FILE',
      description: 'a module with workflow interceptors',
    },
    {
      name: 'payload-converter',
      type: 'string',
      value: 'FILE',
      description: 'the module that exports payloadConverter',
    },
    {
      name: 'failure-converter',
      type: 'string',
      value: 'FILE',
      description: 'the module that exports failureConverter',
    },
    {
      name: 'ignore-module',
      type: 'string',
      multiple: true,
      value: 'NAME',
      description: 'a module that is imported and never used',
    },
    { name: 'map-temporal-scope', type: 'boolean', description: 'let imports of @temporalio/* mean @reprise/*' },
  ],
  examples: [
    'reprise bundle --workflows src/workflows.ts --output dist/workflows.bundle.js',
    'reprise bundle -w src/workflows.ts',
  ],
  async run(line, terminal) {
    const workflows = stringOption(line, 'workflows');
    if (workflows === undefined) throw new UsageError('which code? Give --workflows FILE');
    const payloadConverterPath = stringOption(line, 'payload-converter');
    const failureConverterPath = stringOption(line, 'failure-converter');
    const { bundleWorkflowCode } = await import('@reprise/worker/replay');
    let made: Awaited<ReturnType<typeof bundleWorkflowCode>>;
    try {
      made = await bundleWorkflowCode({
        workflowsPath: resolve(terminal.cwd, workflows),
        workflowInterceptorModules: stringsOption(line, 'interceptors'),
        ignoreModules: stringsOption(line, 'ignore-module'),
        mapTemporalScope: booleanOption(line, 'map-temporal-scope'),
        ...(payloadConverterPath === undefined ? {} : { payloadConverterPath }),
        ...(failureConverterPath === undefined ? {} : { failureConverterPath }),
      });
    } catch (error) {
      terminal.err(`reprise: ${error instanceof Error ? error.message : String(error)}`);
      return ExitCode.usage;
    }
    const largest = [...made.modules].sort((a, b) => b.bytes - a.bytes).slice(0, MODULES_SHOWN);
    for (const { bytes, file } of largest) terminal.out(`${String(bytes).padStart(9)}  ${file}`);
    terminal.out(`${made.modules.length} modules, ${made.script.length} bytes, build ${made.buildId.slice(0, 16)}`);
    const output = stringOption(line, 'output');
    if (output !== undefined) writeFileSync(resolve(terminal.cwd, output), made.code);
    return ExitCode.ok;
  },
};
