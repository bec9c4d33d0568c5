/** The bundle of a worker's workflows: made now, or ahead of time. */
import { readFile } from 'node:fs/promises';
import { Script } from 'node:vm';
import type { Logger } from '@reprise/common';
import { WorkflowBundleError } from './bundle/bundle-error.ts';
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
    return await readBundle(workflowBundle);
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

/** A damaged bundle is told here: the processes that run workflows would end of it, each in its turn. */
async function readBundle(option: NonNullable<WorkerOptions['workflowBundle']>): Promise<WorkflowBundle> {
  if (!('code' in option || 'codePath' in option))
    throw new TypeError('Invalid WorkflowOptions.workflowBundle: it has neither code nor codePath');
  const [text, from] =
    'code' in option ? [option.code, undefined] : [await readFile(option.codePath, 'utf8'), option.codePath];
  if (typeof text !== 'string') throw new TypeError('Invalid WorkflowOptions.workflowBundle: code must be a string');
  const bundle = WorkflowBundle.parse(text, from);
  try {
    new Script(bundle.script);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new WorkflowBundleError(
      `${from ?? 'The workflow bundle'} was changed: ${problem}. Make it again with bundleWorkflowCode.`,
      { cause },
    );
  }
  return bundle;
}

/** A bundle is made already: what says how to make one changes nothing about it. */
function warnOfIgnored({ workflowsPath, bundlerOptions, interceptors }: BundlingOptions, logger: Logger): void {
  const ignored = { workflowsPath, bundlerOptions, 'interceptors.workflowModules': interceptors?.workflowModules };
  for (const [name, value] of Object.entries(ignored))
    if (value !== undefined) logger.warn(`Ignoring WorkerOptions.${name} because WorkerOptions.workflowBundle is set`);
}
