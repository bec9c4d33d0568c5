import {
  encodeInitialVersioningBehavior,
  encodeUnifiedSearchAttributes,
  encodeVersioningIntent,
  msOptionalToNumber,
  retryPolicyMs,
  type Workflow,
} from '@reprise/common';
import { argsToWall, headersToWall, mapToWall } from '../run/asking.ts';
import { checkOptionNames, type Known } from '../run/check-spelling.ts';
import { requireRun } from '../run/current-run.ts';
import type { Run } from '../run/run.ts';
import { ContinueAsNew, type ContinueAsNewOptions } from './continue-as-new-error.ts';
import { groupsWith } from './event-group-scope.ts';
import type { ContinueAsNewInput, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import type { IntentOf } from '../intents.ts';
import { capturePlace } from '../run/place.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

const known: Known<ContinueAsNewOptions> = {
  workflowType: true,
  taskQueue: true,
  workflowRunTimeout: true,
  workflowTaskTimeout: true,
  backoffStartInterval: true,
  memo: true,
  searchAttributes: true,
  typedSearchAttributes: true,
  retry: true,
  versioningIntent: true,
  initialVersioningBehavior: true,
  typeInfo: true,
  eventGroups: true,
};

function intentOf(run: Run, { headers, args, options }: ContinueAsNewInput): IntentOf<'continueAsNew'> {
  const runTimeoutMs = msOptionalToNumber(options.workflowRunTimeout);
  const taskTimeoutMs = msOptionalToNumber(options.workflowTaskTimeout);
  const backoffStartIntervalMs = msOptionalToNumber(options.backoffStartInterval);
  const versioningIntent = encodeVersioningIntent(options.versioningIntent);
  const groups = groupsWith(options.eventGroups);
  const initialVersioningBehavior = encodeInitialVersioningBehavior(options.initialVersioningBehavior);
  return {
    kind: 'continueAsNew',
    workflowType: options.workflowType,
    taskQueue: options.taskQueue ?? run.creation.taskQueue,
    args: argsToWall(run.payloadConverter, args, options.typeInfo),
    headers: headersToWall(headers),
    ...(runTimeoutMs === undefined ? {} : { runTimeoutMs }),
    ...(taskTimeoutMs === undefined ? {} : { taskTimeoutMs }),
    ...(backoffStartIntervalMs === undefined ? {} : { backoffStartIntervalMs }),
    ...carriedOver(run, options),
    ...(groups === undefined || groups.length === 0 ? {} : { eventGroups: [...groups] }),
    ...(versioningIntent === undefined ? {} : { versioningIntent }),
    ...(initialVersioningBehavior === undefined ? {} : { initialVersioningBehavior }),
  };
}

/**
 * What the next run has in common with this one unless told otherwise: the memo that this one began with, its search
 * attributes as they are now, and its retry policy. The server carries none of it over.
 */
function carriedOver(
  run: Run,
  options: ContinueAsNewOptions,
): Pick<IntentOf<'continueAsNew'>, 'memo' | 'searchAttributes' | 'retryPolicy'> {
  const { facts } = run;
  const { searchAttributes: untyped, typedSearchAttributes: typed } = options;
  const isUnset = untyped === undefined && typed === undefined;
  const memo = hasEntries(options.memo) ? mapToWall(run.payloadConverter, options.memo) : facts?.memo;
  const searchAttributes = isUnset
    ? facts?.searchAttributes
    : headersToWall(encodeUnifiedSearchAttributes(untyped, typed));
  const retryPolicy = options.retry === undefined ? facts?.retryPolicy : retryPolicyMs(options.retry);
  return {
    ...(memo === undefined ? {} : { memo }),
    ...(searchAttributes === undefined ? {} : { searchAttributes }),
    ...(retryPolicy === undefined ? {} : { retryPolicy }),
  };
}

const hasEntries = (values: Record<string, unknown> | undefined): values is Record<string, unknown> =>
  values !== undefined && Object.keys(values).length > 0;

/**
 * Makes a function that ends this run and begins another with other options.
 *
 * @example await makeContinueAsNewFunc<typeof poll>({ taskQueue: 'slow' })(cursor);
 */
export function makeContinueAsNewFunc<F extends Workflow>(
  options?: ContinueAsNewOptions,
): (...args: Parameters<F>) => Promise<never> {
  const run = requireRun(
    'Workflow.continueAsNew(...) and Workflow.makeContinueAsNewFunc(...) may only be used from a Workflow Execution.',
  );
  checkOptionNames(run, 'ContinueAsNewOptions', options ?? {}, known);
  const { workflowType, taskQueue, ...rest } = options ?? {};
  const required = {
    workflowType: workflowType ?? run.creation.workflowType,
    taskQueue: taskQueue ?? run.creation.taskQueue,
    ...rest,
  };
  const begin = (...args: Parameters<F>): Promise<never> => {
    const place = capturePlace(begin);
    const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'continueAsNew'>(
      run.interceptors.outbound,
      'continueAsNew',
      async (input) => {
        throw new ContinueAsNew(intentOf(run, input), place);
      },
    );
    return execute({ args, headers: {}, options: required });
  };
  return begin;
}

/**
 * Ends this run and begins another of the same workflow with a fresh history. Throws, so nothing after it runs.
 *
 * @example await continueAsNew<typeof poll>(nextCursor);
 */
export function continueAsNew<F extends Workflow>(...args: Parameters<F>): Promise<never> {
  return makeContinueAsNewFunc<F>()(...args);
}
