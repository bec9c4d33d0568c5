import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ActivityFunction, UntypedActivities } from '@reprise/common';

import { type ActivityMock, type ActivityMocks, mockActivities } from './mock-activities.ts';

/** Mocks by the workflow type of the child; a list has one function for each child of the type. */
export type ChildMocks = Readonly<Record<string, ActivityMock<ActivityFunction>>>;

/** The activity that runs the mock of a child. */
const activityOf = (workflowType: string): string => `mock of child workflow ${workflowType}`;

/** What runs the mocks, for a worker. */
export function childActivities(children: ChildMocks): Record<string, ActivityFunction> {
  const byActivity = Object.entries(children).map(([type, mock]) => [activityOf(type), mock]);
  return mockActivities<UntypedActivities>(Object.fromEntries(byActivity) as ActivityMocks<UntypedActivities>);
}

/**
 * Calls `bundle` with a module that exports what `workflowsPath` does, and workflows of the mocked types in place of its
 * own. The module is there only meanwhile.
 */
export async function withMockedChildren<Bundle>(
  { workflowsPath, children }: { workflowsPath: string; children: ChildMocks },
  bundle: (workflowsPath: string) => Promise<Bundle>,
): Promise<Bundle> {
  const types = Object.keys(children);
  if (types.length === 0) return await bundle(workflowsPath);
  const folder = mkdtempSync(join(tmpdir(), 'reprise-mocks-'));
  const file = join(folder, 'workflows.ts');
  try {
    writeFileSync(file, sourceOf(workflowsPath, types));
    return await bundle(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Children of mocked types run here, whatever task queue the code gives them: nobody else polls in a unit test. */
function sourceOf(workflowsPath: string, types: readonly string[]): string {
  const mocks = types.map(
    (type, index) =>
      `const mock${index} = (...args) => run(${JSON.stringify(activityOf(type))}, args);\nexport { mock${index} as ${JSON.stringify(type)} };`,
  );
  return `import { ActivityFailure, proxyActivities, workflowInfo } from '@reprise/workflow';
export * from ${JSON.stringify(workflowsPath)};
const activities = proxyActivities({ startToCloseTimeout: '10 years', retry: { maximumAttempts: 1 } });
async function run(name, args) {
  try {
    return await activities[name](...args);
  } catch (error) {
    throw error instanceof ActivityFailure && error.cause !== undefined ? error.cause : error;
  }
}
${mocks.join('\n')}
const types = ${JSON.stringify(types)};
export const interceptors = () => ({
  outbound: [{
    async startChildWorkflowExecution(input, next) {
      if (!types.includes(input.workflowType)) return await next(input);
      return await next({ ...input, options: { ...input.options, taskQueue: workflowInfo().taskQueue } });
    },
  }],
});
`;
}
