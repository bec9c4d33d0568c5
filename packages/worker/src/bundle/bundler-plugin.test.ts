import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundleWorkflowCode, type BundleOptions } from './bundle-workflow-code.ts';

const here = fileURLToPath(import.meta.url);

test('plugins change what is bundled', async () => {
  const seen: string[] = [];
  const plugin = {
    name: 'elsewhere',
    configureBundler: (options: BundleOptions): BundleOptions => {
      seen.push(options.workflowsPath);
      return { ...options, workflowsPath: '/nowhere.ts' };
    },
  };
  await expect(bundleWorkflowCode({ workflowsPath: here, plugins: [plugin] })).rejects.toThrow('/nowhere.ts');
  expect(seen).toEqual([here]);
});
