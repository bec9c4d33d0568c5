import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getCallSites } from 'node:util';

import { findWorkflowsPath } from '../vitest/find-workflows-path.ts';

/**
 * The module from which the calling test imports a workflow function.
 *
 * @throws TypeError when no file on the stack imports it by name from a relative path
 */
export function callersWorkflowsPath(functionName: string): string {
  for (const { scriptName } of getCallSites(50)) {
    const file = scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName;
    if (!existsSync(file)) continue;
    const found = findWorkflowsPath(file, functionName);
    if (found !== undefined) return found;
  }
  throw new TypeError(
    `cannot see where \`${functionName}\` is exported: import it by name from a relative path, or give { workflowsPath }`,
  );
}
