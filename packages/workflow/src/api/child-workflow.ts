import {
  checkOptions,
  encodeUnifiedSearchAttributes,
  encodeVersioningIntent,
  encodeWorkflowIdReusePolicy,
  extractWorkflowTypeAndConfig,
  msOptionalToNumber,
  retryPolicyMs,
  type BaseWorkflowHandle,
  type SignalDefinition,
  type Untyped,
  type WithWorkflowArgs,
  type Workflow,
  type WorkflowResultType,
} from '@reprise/common';
import type { IntentOf } from '../intents.ts';
import { argsToWall, ask, headersToWall, mapToWall, userMetadata } from '../run/asking.ts';
import { checkOptionNames, type Known } from '../run/check-spelling.ts';
import { workflowConverters } from '../run/converters.ts';
import { requireRun } from '../run/current-run.ts';
import { currentScope, quiet } from '../run/current-scope.ts';
import { NOT_CANCELLED } from '../run/pending.ts';
import { capturePlace, type Place } from '../run/place.ts';
import type { Run } from '../run/run.ts';
import {
  ChildWorkflowCancellationType,
  decodeChildWorkflowCancellationType,
  encodeChildWorkflowCancellationType,
  encodeParentClosePolicy,
  type ChildWorkflowOptions,
  type ChildWorkflowOptionsWithDefaults,
} from './child-workflow-options.ts';
import { signalWorkflow } from './external-workflow.ts';
import type { StartChildWorkflowExecutionInput, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import { uuid4 } from './run-info.ts';
import { withGroups } from './event-group-scope.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

/** A child that was started. */
export interface ChildWorkflowHandle<T extends Workflow> extends BaseWorkflowHandle<T> {
  /** The first run of the child. */
  readonly firstExecutionRunId: string;
  /**
   * Waits for the result.
   *
   * @throws ChildWorkflowFailure when the child fails, is cancelled, terminated or times out; its cause says why
   */
  result(): Promise<WorkflowResultType<T>>;
}

function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function timeoutsOf(options: ChildWorkflowOptions): Partial<IntentOf<'startChild'>> {
  return {
    ...present('executionTimeoutMs', msOptionalToNumber(options.workflowExecutionTimeout)),
    ...present('runTimeoutMs', msOptionalToNumber(options.workflowRunTimeout)),
    ...present('taskTimeoutMs', msOptionalToNumber(options.workflowTaskTimeout)),
    ...present('retryPolicy', options.retry && retryPolicyMs(options.retry)),
    ...present('cronSchedule', options.cronSchedule),
  };
}

/** As it is named here: callers may use the number. Throws ValueError for any other. */
function cancellationOf({ cancellationType }: ChildWorkflowOptionsWithDefaults): ChildWorkflowCancellationType {
  const number = encodeChildWorkflowCancellationType(cancellationType);
  return decodeChildWorkflowCancellationType(number) ?? ChildWorkflowCancellationType.ABANDON;
}

function intentOf(
  run: Run,
  { options, headers, seq, workflowType }: StartChildWorkflowExecutionInput,
): IntentOf<'startChild'> {
  const { searchAttributes, typedSearchAttributes } = options;
  const { payload } = workflowConverters(run, options.workflowId);
  const hasAttributes = searchAttributes !== undefined || typedSearchAttributes !== undefined;
  return {
    kind: 'startChild',
    seq,
    workflowId: options.workflowId,
    workflowType,
    namespace: run.creation.namespace,
    taskQueue: options.taskQueue ?? run.creation.taskQueue,
    args: argsToWall(payload, options.args, options.typeInfo),
    headers: headersToWall(headers),
    cancellation: cancellationOf(options),
    ...timeoutsOf(options),
    ...present('parentClosePolicy', encodeParentClosePolicy(options.parentClosePolicy)),
    ...present('workflowIdReusePolicy', encodeWorkflowIdReusePolicy(options.workflowIdReusePolicy)),
    ...present('memo', options.memo && mapToWall(payload, options.memo)),
    ...(hasAttributes
      ? { searchAttributes: headersToWall(encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes)) }
      : {}),
    ...present('priority', options.priority),
    ...present('versioningIntent', encodeVersioningIntent(options.versioningIntent)),
    ...userMetadata(payload, options.staticSummary, options.staticDetails),
  };
}

const kinds = {
  args: 'array',
  workflowId: 'string',
  taskQueue: 'string',
  retry: 'object',
  memo: 'object',
  cronSchedule: 'string',
  searchAttributes: 'object',
  priority: 'object',
  workflowExecutionTimeout: 'duration',
  workflowRunTimeout: 'duration',
  workflowTaskTimeout: 'duration',
} as const;

const known: Known<ChildWorkflowOptions & { args: unknown[] }> = {
  args: true,
  workflowId: true,
  taskQueue: true,
  cancellationType: true,
  parentClosePolicy: true,
  versioningIntent: true,
  typeInfo: true,
  eventGroups: true,
  workflowIdReusePolicy: true,
  retry: true,
  cronSchedule: true,
  memo: true,
  searchAttributes: true,
  typedSearchAttributes: true,
  workflowExecutionTimeout: true,
  workflowRunTimeout: true,
  workflowTaskTimeout: true,
  staticSummary: true,
  staticDetails: true,
  priority: true,
};

/** Child options with what is not said filled in; a missing id takes four random numbers. */
export function addDefaultWorkflowOptions(
  options: Partial<ChildWorkflowOptions> & { args?: unknown[] | readonly unknown[] },
): ChildWorkflowOptionsWithDefaults {
  checkOptions('ChildWorkflowOptions', options, kinds);
  const { args, workflowId, ...rest } = options;
  // Only an option that is not there has the default; one that is there without a value means ABANDON, as histories know it.
  const unset = 'cancellationType' in rest && rest.cancellationType === undefined;
  const { ABANDON, WAIT_CANCELLATION_COMPLETED } = ChildWorkflowCancellationType;
  return {
    ...rest,
    args: [...(args ?? [])],
    workflowId: workflowId ?? uuid4(),
    cancellationType: rest.cancellationType ?? (unset ? ABANDON : WAIT_CANCELLATION_COMPLETED),
  };
}

let placeOfCall: Place | undefined;

/** Gives the promise of the start and the promise of the end. */
function start(input: StartChildWorkflowExecutionInput): Promise<[Promise<string>, Promise<unknown>]> {
  const run = requireRun('A child can only be started by workflow code');
  checkOptionNames(run, 'ChildWorkflowOptions', input.options, known);
  const place = placeOfCall ?? capturePlace(start);
  const { seq } = input;
  const started = Promise.withResolvers<unknown>();
  const completed = Promise.withResolvers<unknown>();
  // A child that does not start does not end either.
  quiet(started.promise.catch(completed.reject));
  quiet(completed.promise);
  const scope = currentScope(run);
  if (scope.consideredCancelled) {
    scope.listen({ onCancel: started.reject });
  } else {
    const onCancel = (): void => {
      if (run.pending.has('child', seq)) ask(run, { kind: 'cancelChild', seq });
    };
    const converters = workflowConverters(run, input.options.workflowId);
    const { resolve, reject } = completed;
    const outputType = input.options.typeInfo?.outputType;
    const waiting = { resolve, reject, place, onCancel, converters, outputType };
    if (scope.cancellable) scope.listen(waiting);
    withGroups(input.options.eventGroups, () => ask(run, intentOf(run, input), place));
    run.pending.add('childStart', seq, { ...started, place, onCancel: NOT_CANCELLED, converters });
    run.pending.add('child', seq, scope.cancellable ? Object.assign(waiting, { scope }) : waiting);
  }
  return Promise.resolve([started.promise as Promise<string>, completed.promise]);
}

function callStart(
  workflow: string | Workflow,
  options: Partial<ChildWorkflowOptions & { args: unknown[] }> | undefined,
  above: (...args: never[]) => unknown,
): { workflowId: string; starting: Promise<[Promise<string>, Promise<unknown>]> } {
  const run = requireRun(
    above === startChild
      ? 'Workflow.startChild(...) may only be used from a Workflow Execution. Consider using Client.workflow.start(...) instead.)'
      : 'Workflow.executeChild(...) may only be used from a Workflow Execution. Consider using Client.workflow.execute(...) instead.',
  );
  const { type: workflowType, typeInfo } = extractWorkflowTypeAndConfig(workflow, options?.typeInfo);
  const complete = addDefaultWorkflowOptions({ ...options, ...(typeInfo && { typeInfo }) });
  const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'startChildWorkflowExecution'>(
    run.interceptors.outbound,
    'startChildWorkflowExecution',
    start,
  );
  placeOfCall = capturePlace(above);
  try {
    const starting = execute({ seq: run.seqs.child++, options: complete, headers: {}, workflowType });
    return { workflowId: complete.workflowId, starting };
  } finally {
    placeOfCall = undefined;
  }
}

/**
 * Starts a child workflow and waits until it has started.
 *
 * @throws WorkflowExecutionAlreadyStartedError when its id is taken, CancelledFailure when the scope is cancelled
 * @example const child = await startChild(ship, { args: [order], workflowId: `ship-${order.id}` });
 */
export function startChild<T extends Workflow>(
  workflowFunc: T,
  options: WithWorkflowArgs<T, ChildWorkflowOptions>,
): Promise<ChildWorkflowHandle<T>>;
export function startChild<T extends () => Promise<Untyped>>(workflowFunc: T): Promise<ChildWorkflowHandle<T>>;
export function startChild<T extends Workflow>(
  workflowType: string,
  options?: WithWorkflowArgs<T, ChildWorkflowOptions>,
): Promise<ChildWorkflowHandle<T>>;
export async function startChild(
  workflow: string | Workflow,
  options?: ChildWorkflowOptions & { args?: unknown[] | readonly unknown[] },
): Promise<ChildWorkflowHandle<Workflow>> {
  const { workflowId, starting } = callStart(workflow, options as never, startChild);
  const [started, completed] = await starting;
  const firstExecutionRunId = await started;
  return {
    workflowId,
    firstExecutionRunId,
    // An async function: its promise settles as many microtasks later as histories are used to.
    async result() {
      return await completed;
    },
    // Async as well, for the same reason.
    async signal(def, ...args) {
      return signalWorkflow(
        { type: 'child', childWorkflowId: workflowId },
        def as SignalDefinition<Untyped[]> | string,
        args,
      );
    },
    async signalWithOptions(signalName, { args, typeInfo }) {
      const sent = { type: 'signal', name: signalName, ...(typeInfo && { typeInfo }) } as const;
      return signalWorkflow({ type: 'child', childWorkflowId: workflowId }, sent, args ?? []);
    },
  };
}

/**
 * Starts a child workflow and waits for its result.
 *
 * @throws ChildWorkflowFailure when the child does not complete; its cause says why
 * @example const receipt = await executeChild(ship, { args: [order] });
 */
export function executeChild<T extends Workflow>(
  workflowFunc: T,
  options: WithWorkflowArgs<T, ChildWorkflowOptions>,
): Promise<WorkflowResultType<T>>;
export function executeChild<T extends () => Promise<Untyped>>(workflowFunc: T): Promise<WorkflowResultType<T>>;
export function executeChild<T extends Workflow>(
  workflowType: string,
  options?: WithWorkflowArgs<T, ChildWorkflowOptions>,
): Promise<WorkflowResultType<T>>;
export async function executeChild(
  workflow: string | Workflow,
  options?: ChildWorkflowOptions & { args?: unknown[] | readonly unknown[] },
): Promise<unknown> {
  const { starting } = callStart(workflow, options as never, executeChild);
  quiet(starting);
  const completing = starting.then(([, completed]) => completed);
  quiet(completing);
  // Returned without an await, and so adopted: the result comes as many microtasks later as histories are used to.
  return completing;
}
