import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { bundlingOptions } from '../command-line/bundling-options.ts';
import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { booleanOption, stringOption, stringsOption } from '../command-line/parse-command-line.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { moduleSizes, sizeText } from '../sizes/module-sizes.ts';

const MODULES_SHOWN = 20;

export const bundle: Command = {
  name: 'bundle',
  summary: 'Bundle workflow code into one file',
  usage: '--workflows FILE [--output FILE] [options]',
  maxOperands: 0,
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
    ...bundlingOptions,
    { name: 'map-temporal-scope', type: 'boolean', description: 'let imports of @temporalio/* mean @reprise/*' },
  ],
  examples: [
    'reprise bundle --workflows src/workflows.ts --output dist/workflows.bundle.js',
    'reprise bundle -w src/workflows.ts',
  ],
  async run(line, terminal) {
    const workflows = stringOption(line, 'workflows');
    if (workflows === undefined) throw new UsageError('which code? Give --workflows FILE');
    const path = (file: string): string => resolve(terminal.cwd, file);
    const payloadConverter = stringOption(line, 'payload-converter');
    const failureConverter = stringOption(line, 'failure-converter');
    const { bundleWorkflowCode } = await import('@reprise/worker/replay');
    let made: Awaited<ReturnType<typeof bundleWorkflowCode>>;
    try {
      made = await bundleWorkflowCode({
        workflowsPath: path(workflows),
        workflowInterceptorModules: stringsOption(line, 'interceptors').map(path),
        ignoreModules: stringsOption(line, 'ignore-module'),
        mapTemporalScope: booleanOption(line, 'map-temporal-scope'),
        ...(payloadConverter === undefined ? {} : { payloadConverterPath: path(payloadConverter) }),
        ...(failureConverter === undefined ? {} : { failureConverterPath: path(failureConverter) }),
      });
    } catch (error) {
      terminal.err(`reprise: ${error instanceof Error ? error.message : String(error)}`);
      return ExitCode.usage;
    }
    const { modules, script, buildId } = made;
    const ofBytes = modules.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const text of moduleSizes(modules, { cwd: terminal.cwd, shown: MODULES_SHOWN, ofBytes })) terminal.out(text);
    const count = `${modules.length} ${modules.length === 1 ? 'module' : 'modules'}`;
    terminal.out(`${count}, ${sizeText(script.length)} as linked, build ${buildId.slice(0, 16)}`);
    const output = stringOption(line, 'output');
    if (output === undefined) return ExitCode.ok;
    mkdirSync(dirname(path(output)), { recursive: true });
    writeFileSync(path(output), made.code);
    terminal.out(`written to ${output}, with its source map: ${sizeText(made.code.length)}`);
    return ExitCode.ok;
  },
};
