/** Options that say how workflow code is bundled, of every command that does. */
import type { OptionSpec } from './command.ts';

export const bundlingOptions: readonly OptionSpec[] = [
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
];
