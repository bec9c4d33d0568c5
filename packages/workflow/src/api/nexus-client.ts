import { msOptionalToNumber, type Untyped } from '@reprise/common';
import { ask, toWall, userMetadata } from '../run/asking.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';
import { requireRun } from '../run/current-run.ts';
import { waitInScope } from '../run/current-scope.ts';
import { capturePlace } from '../run/place.ts';
import type { Run } from '../run/run.ts';
import type { IntentOf } from '../intents.ts';
import type {
  StartNexusOperationInput,
  StartNexusOperationOptions,
  StartNexusOperationOutput,
  WorkflowOutboundCallsInterceptor,
} from './interceptors.ts';
import { NexusOperationCancellationType } from './nexus-options.ts';

/** An operation of a Nexus service, as service definitions hold them. */
export interface NexusOperationDefinition {
  readonly name: string;
}
/** A Nexus service: its name and its operations by the names that code calls them. */
export interface NexusServiceDefinition {
  readonly name: string;
  readonly operations: Readonly<Record<string, NexusOperationDefinition>>;
}

/** Which service, and by which endpoint. */
export interface NexusServiceClientOptions<T extends NexusServiceDefinition = NexusServiceDefinition> {
  readonly endpoint: string;
  readonly service: T | string;
}

/** An operation that was started. */
export interface NexusOperationHandle<Result> {
  readonly service: string;
  readonly operation: string;
  /** Names the operation on the other side; absent when it ended as it was started. */
  readonly token?: string;
  /**
   * Waits for the result.
   *
   * @throws NexusOperationFailure when the operation does not succeed; its cause says why
   */
  result(): Promise<Result>;
}

type OperationName<T extends NexusServiceDefinition> = (keyof T['operations'] & string) | T['operations'][string];

/** Calls the operations of one service. */
export interface NexusServiceClient<T extends NexusServiceDefinition = NexusServiceDefinition> {
  /** Starts an operation and waits until it was started. */
  startOperation<Result = Untyped>(
    operation: OperationName<T>,
    input: unknown,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<Result>>;
  /** Runs an operation and waits for its result. */
  executeOperation<Result = Untyped>(
    operation: OperationName<T>,
    input: unknown,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<Result>;
}

function intentOf(run: Run, call: StartNexusOperationInput): IntentOf<'scheduleNexusOperation'> {
  const { options, seq, endpoint, service, operation } = call;
  const scheduleToCloseTimeoutMs = msOptionalToNumber(options.scheduleToCloseTimeout);
  const scheduleToStartTimeoutMs = msOptionalToNumber(options.scheduleToStartTimeout);
  const startToCloseTimeoutMs = msOptionalToNumber(options.startToCloseTimeout);
  return {
    kind: 'scheduleNexusOperation',
    seq,
    endpoint,
    service,
    operation,
    input: toWall(run, call.input),
    nexusHeaders: call.headers,
    cancellation: options.cancellationType ?? NexusOperationCancellationType.WAIT_CANCELLATION_COMPLETED,
    ...(scheduleToCloseTimeoutMs === undefined ? {} : { scheduleToCloseTimeoutMs }),
    ...(scheduleToStartTimeoutMs === undefined ? {} : { scheduleToStartTimeoutMs }),
    ...(startToCloseTimeoutMs === undefined ? {} : { startToCloseTimeoutMs }),
    ...userMetadata(run, options.summary),
  };
}

function schedule(call: StartNexusOperationInput): Promise<StartNexusOperationOutput> {
  const run = requireRun('A Nexus operation can only be started by workflow code');
  const place = capturePlace(schedule);
  const { seq } = call;
  return new Promise<unknown>((resolve, reject) => {
    const onCancel = (): void => {
      const waits = run.pending.has('nexusStart', seq) || run.pending.has('nexus', seq);
      if (waits) ask(run, { kind: 'cancelNexusOperation', seq });
    };
    const waiting = { resolve, reject, place, onCancel };
    waitInScope(run, { kind: 'nexusStart', seq }, waiting, () => ask(run, intentOf(run, call), place));
  }) as Promise<StartNexusOperationOutput>;
}

/**
 * Makes a client of a Nexus service for workflow code.
 *
 * @throws IllegalStateError outside workflow code
 * @example
 * const billing = createNexusServiceClient({ endpoint: 'billing', service: 'BillingService' });
 * const receipt = await billing.executeOperation<Receipt>('charge', order, { scheduleToCloseTimeout: '1 minute' });
 */
export function createNexusServiceClient<T extends NexusServiceDefinition = NexusServiceDefinition>(
  clientOptions: NexusServiceClientOptions<T>,
): NexusServiceClient<T> {
  requireRun('createNexusServiceClient(...) may only be used from a Workflow Execution.');
  const { endpoint } = clientOptions;
  const given: string | NexusServiceDefinition = clientOptions.service;
  const service = typeof given === 'string' ? given : given.name;
  const nameOf = (operation: string | NexusOperationDefinition): string => {
    if (typeof operation !== 'string') return operation.name;
    return typeof given === 'string' ? operation : (given.operations[operation]?.name ?? operation);
  };
  const start = (operation: string, input: unknown, options: Partial<StartNexusOperationOptions> = {}) => {
    const run = requireRun('Nexus operations may only be started from a Workflow Execution.');
    const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'startNexusOperation'>(
      run.interceptors.outbound,
      'startNexusOperation',
      schedule,
    );
    const seq = run.seqs.nexus++;
    return execute({ endpoint, service, operation, input, options, headers: { ...options.headers }, seq });
  };
  // Where these await, and where they only return a promise, decides after how many microtasks they settle.
  const startOperation = async <Result>(
    operation: string | NexusOperationDefinition,
    input: unknown,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<Result>> => {
    const name = nameOf(operation);
    const { token, result } = await start(name, input, options);
    const handle = { service, operation: name, ...(token === undefined ? {} : { token }) };
    return { ...handle, result: async () => result as Promise<Result> };
  };
  return {
    startOperation,
    async executeOperation<Result>(
      operation: string | NexusOperationDefinition,
      input: unknown,
      options?: Partial<StartNexusOperationOptions>,
    ): Promise<Result> {
      const handle = await startOperation<Result>(operation, input, options);
      return await handle.result();
    },
  };
}
