/** The bundle of a worker's workflows: made now, or ahead of time. */
import { readFile } from 'node:fs/promises';
import type { Logger } from '@reprise/common';
import { bundleWorkflowCode } from './bundle/bundle-workflow-code.ts';
import { WorkflowBundle } from './bundle/workflow-bundle.ts';
import type { WorkerOptions } from './worker-options.ts';

type BundlingOptions = Pick<
  WorkerOptions,
  'workflowsPath' | 'workflowBundle' | 'interceptors' | 'dataConverter' | 'bundlerOptions' | 'plugins'
>;

/** Undefined for a worker without workflows. */
export async function loadWorkflowBundle(
  options: BundlingOptions,
  logger: Logger,
  { mapTemporalScope = false }: { mapTemporalScope?: boolean } = {},
): Promise<WorkflowBundle | undefined> {
  const { workflowBundle, workflowsPath, interceptors, dataConverter, bundlerOptions } = options;
  if (workflowBundle !== undefined) {
    if ('code' in workflowBundle) return WorkflowBundle.parse(workflowBundle.code);
    return WorkflowBundle.parse(await readFile(workflowBundle.codePath, 'utf8'), workflowBundle.codePath);
  }
  if (workflowsPath === undefined) return undefined;
  return await bundleWorkflowCode({
    workflowsPath,
    logger,
    mapTemporalScope,
    ...(interceptors?.workflowModules === undefined
      ? {}
      : { workflowInterceptorModules: interceptors.workflowModules }),
    ...(dataConverter?.payloadConverterPath === undefined
      ? {}
      : { payloadConverterPath: dataConverter.payloadConverterPath }),
    ...(dataConverter?.failureConverterPath === undefined
      ? {}
      : { failureConverterPath: dataConverter.failureConverterPath }),
    ...(options.plugins === undefined ? {} : { plugins: options.plugins }),
    ...bundlerOptions,
  });
}
