import {
  encodeInitialVersioningBehavior,
  encodeUnifiedSearchAttributes,
  encodeVersioningIntent,
  msOptionalToNumber,
  retryPolicyMs,
  type Workflow,
} from '@reprise/common';
import { argsToWall, headersToWall, mapToWall } from '../run/asking.ts';
import { requireRun } from '../run/current-run.ts';
import type { Run } from '../run/run.ts';
import { ContinueAsNew, type ContinueAsNewOptions } from './continue-as-new-error.ts';
import type { ContinueAsNewInput, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import type { IntentOf } from '../intents.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

function intentOf(run: Run, { headers, args, options }: ContinueAsNewInput): IntentOf<'continueAsNew'> {
  const runTimeoutMs = msOptionalToNumber(options.workflowRunTimeout);
  const taskTimeoutMs = msOptionalToNumber(options.workflowTaskTimeout);
  const backoffStartIntervalMs = msOptionalToNumber(options.backoffStartInterval);
  const versioningIntent = encodeVersioningIntent(options.versioningIntent);
  const initialVersioningBehavior = encodeInitialVersioningBehavior(options.initialVersioningBehavior);
  const { searchAttributes, typedSearchAttributes } = options;
  return {
    kind: 'continueAsNew',
    workflowType: options.workflowType,
    taskQueue: options.taskQueue ?? run.creation.taskQueue,
    args: argsToWall(run.payloadConverter, args),
    headers: headersToWall(headers),
    ...(runTimeoutMs === undefined ? {} : { runTimeoutMs }),
    ...(taskTimeoutMs === undefined ? {} : { taskTimeoutMs }),
    ...(backoffStartIntervalMs === undefined ? {} : { backoffStartIntervalMs }),
    ...(options.retry === undefined ? {} : { retryPolicy: retryPolicyMs(options.retry) }),
    ...(options.memo === undefined ? {} : { memo: mapToWall(run, options.memo) }),
    ...(searchAttributes === undefined && typedSearchAttributes === undefined
      ? {}
      : { searchAttributes: headersToWall(encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes)) }),
    ...(versioningIntent === undefined ? {} : { versioningIntent }),
    ...(initialVersioningBehavior === undefined ? {} : { initialVersioningBehavior }),
  };
}

/**
 * Makes a function that ends this run and begins another with other options.
 *
 * @example await makeContinueAsNewFunc<typeof poll>({ taskQueue: 'slow' })(cursor);
 */
export function makeContinueAsNewFunc<F extends Workflow>(
  options?: ContinueAsNewOptions,
): (...args: Parameters<F>) => Promise<never> {
  const run = requireRun(
    'Workflow.continueAsNew(...) and Workflow.makeContinueAsNewFunc(...) may only be used from a Workflow Execution',
  );
  const { workflowType, taskQueue, ...rest } = options ?? {};
  const required = {
    workflowType: workflowType ?? run.creation.workflowType,
    taskQueue: taskQueue ?? run.creation.taskQueue,
    ...rest,
  };
  return (...args: Parameters<F>): Promise<never> => {
    const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'continueAsNew'>(
      run.interceptors.outbound,
      'continueAsNew',
      async (input) => {
        throw new ContinueAsNew(intentOf(run, input));
      },
    );
    return execute({ args, headers: {}, options: required });
  };
}

/**
 * Ends this run and begins another of the same workflow with a fresh history. Throws, so nothing after it runs.
 *
 * @example await continueAsNew<typeof poll>(nextCursor);
 */
export function continueAsNew<F extends Workflow>(...args: Parameters<F>): Promise<never> {
  return makeContinueAsNewFunc<F>()(...args);
}
