/** The bundle of a worker's workflows: made now, or ahead of time. */
import { readFile } from 'node:fs/promises';
import type { Logger } from '@reprise/common';
import { bundleWorkflowCode } from './bundle/bundle-workflow-code.ts';
import { WorkflowBundle } from './bundle/workflow-bundle.ts';
import type { WorkerOptions } from './options/worker-options.ts';

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
    warnOfIgnored(options, logger);
    if (!('code' in workflowBundle || 'codePath' in workflowBundle))
      throw new TypeError('Invalid WorkflowOptions.workflowBundle: it has neither code nor codePath');
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

/** A bundle is made already: what says how to make one changes nothing about it. */
function warnOfIgnored({ workflowsPath, bundlerOptions, interceptors }: BundlingOptions, logger: Logger): void {
  const ignored = { workflowsPath, bundlerOptions, 'interceptors.workflowModules': interceptors?.workflowModules };
  for (const [name, value] of Object.entries(ignored))
    if (value !== undefined) logger.warn(`Ignoring WorkerOptions.${name} because WorkerOptions.workflowBundle is set`);
}
