/** For tests: bundles of sources written down in the test. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { bundleWorkflowCodeSync, type BundleOptions } from './bundle-workflow-code.ts';
import type { WorkflowBundle } from './workflow-bundle.ts';

const folders: string[] = [];
// Registered while tests are collected: within a test it would be too late, and the folders would stay.
afterAll(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

/** Writes files below a new folder that goes away after the tests of the file. */
export function writeSources(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'reprise-bundle-')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** A bundle whose workflows are in `workflows.ts`. */
export function bundleOf(
  files: Readonly<Record<string, string>>,
  options: Partial<BundleOptions> = {},
): WorkflowBundle {
  const folder = writeSources(files);
  return bundleWorkflowCodeSync({ workflowsPath: path.join(folder, 'workflows.ts'), ...options });
}
