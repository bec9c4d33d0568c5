import { checkOption, describeOption, msOptionalToNumber, ValueError, type Untyped } from '@reprise/common';
import type { OperationDefinition, OperationInput, OperationKey, OperationOutput, ServiceDefinition } from 'nexus-rpc';
import { ask, toWall, userMetadata } from '../run/asking.ts';
import { checkOptionNames, type Known } from '../run/check-spelling.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';
import { requireRun } from '../run/current-run.ts';
import { waitInScope } from '../run/current-scope.ts';
import { capturePlace } from '../run/place.ts';
import type { Run } from '../run/run.ts';
import { withGroups } from './event-group-scope.ts';
import type { IntentOf } from '../intents.ts';
import type {
  StartNexusOperationInput,
  StartNexusOperationOptions,
  StartNexusOperationOutput,
  WorkflowOutboundCallsInterceptor,
} from './interceptors.ts';
import { NexusOperationCancellationType } from './nexus-options.ts';

type Operations<T extends ServiceDefinition> = T['operations'];
type OperationOf<T extends ServiceDefinition> = Operations<T>[keyof Operations<T>];

/** Which service, and by which endpoint. */
export interface NexusServiceClientOptions<T = ServiceDefinition> {
  /** The name of the endpoint, as the server has it. */
  readonly endpoint: string;
  /** What `service` of nexus-rpc makes, or the name of a service alone. */
  readonly service: T | string;
}

/** An operation that was started. */
export interface NexusOperationHandle<T> {
  readonly service: string;
  readonly operation: string;
  /** Names the operation on the other side; absent when it ended as it was started. */
  readonly token?: string;
  /**
   * Waits for the result.
   *
   * @throws NexusOperationFailure when the operation does not succeed; its cause says why
   */
  result(): Promise<T>;
}

/** Calls the operations of one service, by their definitions or by the names of their properties in the service's. */
export interface NexusServiceClient<T extends ServiceDefinition = ServiceDefinition> {
  /** Runs an operation and waits for its result. @throws NexusOperationFailure when it does not succeed */
  executeOperation<O extends OperationOf<T>>(
    operation: O,
    input: OperationInput<O>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<OperationOutput<O>>;
  executeOperation<K extends OperationKey<Operations<T>>>(
    operation: K,
    input: OperationInput<Operations<T>[K]>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<OperationOutput<Operations<T>[K]>>;
  /** Starts an operation and waits until it was started. @throws NexusOperationFailure when it could not be started */
  startOperation<O extends OperationOf<T>>(
    operation: O,
    input: OperationInput<O>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<OperationOutput<O>>>;
  startOperation<K extends OperationKey<Operations<T>>>(
    operation: K,
    input: OperationInput<Operations<T>[K]>,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<OperationOutput<Operations<T>[K]>>>;
}

type AnyOperation = Pick<OperationDefinition<Untyped, Untyped>, 'name' | 'inputType' | 'outputType'>;

const known: Known<StartNexusOperationOptions> = {
  scheduleToCloseTimeout: true,
  scheduleToStartTimeout: true,
  startToCloseTimeout: true,
  summary: true,
  cancellationType: true,
  headers: true,
  eventGroups: true,
};

/** @throws ValueError for a cancellation type that there is not */
function cancellationOf({ cancellationType: given }: StartNexusOperationOptions): NexusOperationCancellationType {
  if (given === undefined) return NexusOperationCancellationType.WAIT_CANCELLATION_COMPLETED;
  if (Object.hasOwn(NexusOperationCancellationType, given)) return given;
  throw new ValueError(`StartNexusOperationOptions.cancellationType: Invalid enum value: ${describeOption(given)}`);
}

function intentOf(run: Run, call: StartNexusOperationInput): IntentOf<'scheduleNexusOperation'> {
  const { options, seq, endpoint, service, operation, inputType } = call;
  checkOptionNames(run, 'StartNexusOperationOptions', options, known);
  const toTransfer = inputType?.transferTypeConverter;
  const input = toTransfer === undefined ? call.input : toTransfer.toTransferType(call.input);
  const scheduleToCloseTimeoutMs = msOptionalToNumber(options.scheduleToCloseTimeout);
  const scheduleToStartTimeoutMs = msOptionalToNumber(options.scheduleToStartTimeout);
  const startToCloseTimeoutMs = msOptionalToNumber(options.startToCloseTimeout);
  return {
    kind: 'scheduleNexusOperation',
    seq,
    endpoint,
    service,
    operation,
    input: toWall(run, input),
    nexusHeaders: call.headers,
    cancellation: cancellationOf(options),
    ...(scheduleToCloseTimeoutMs === undefined ? {} : { scheduleToCloseTimeoutMs }),
    ...(scheduleToStartTimeoutMs === undefined ? {} : { scheduleToStartTimeoutMs }),
    ...(startToCloseTimeoutMs === undefined ? {} : { startToCloseTimeoutMs }),
    ...userMetadata(run.payloadConverter, options.summary),
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
    waitInScope(run, { kind: 'nexusStart', seq }, waiting, () =>
      withGroups(call.options.eventGroups, () => ask(run, intentOf(run, call), place)),
    );
  }) as Promise<StartNexusOperationOutput>;
}

function checkClientOptions(options: { endpoint?: unknown; service?: unknown }): void {
  checkOption('The options of createNexusServiceClient(...)', options, 'object');
  const { endpoint, service } = options;
  const where = 'NexusServiceClientOptions';
  if (typeof endpoint !== 'string' || endpoint === '') {
    throw new TypeError(`${where}.endpoint must be the name of an endpoint, got ${describeOption(endpoint)}`);
  }
  const name: unknown = typeof service === 'object' && service !== null && 'name' in service ? service.name : service;
  if (typeof name === 'string' && name !== '') return;
  throw new TypeError(`${where}.service must be a service definition or its name, got ${describeOption(service)}`);
}

/**
 * Makes a client of a Nexus service for workflow code. It may be made anywhere, so that modules of workflows which make one
 * can be imported by the program that starts them; its operations are for workflow code.
 *
 * @throws TypeError without an endpoint or a service
 * @example
 * const billing = createNexusServiceClient({ endpoint: 'billing', service: billingService });
 * const receipt = await billing.executeOperation('charge', order, { scheduleToCloseTimeout: '1 minute' });
 */
export function createNexusServiceClient<T extends ServiceDefinition = ServiceDefinition>(
  clientOptions: NexusServiceClientOptions<T>,
): NexusServiceClient<T> {
  checkClientOptions(clientOptions);
  const { endpoint } = clientOptions;
  const given: string | ServiceDefinition = clientOptions.service;
  const service = typeof given === 'string' ? given : given.name;
  const definitionOf = (operation: string | AnyOperation): AnyOperation => {
    if (typeof operation !== 'string') return operation;
    return (typeof given === 'string' ? undefined : given.operations[operation]) ?? { name: operation };
  };
  const start = (definition: AnyOperation, input: unknown, options: Partial<StartNexusOperationOptions> = {}) => {
    const run = requireRun('Nexus operations may only be started from a Workflow Execution.');
    const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'startNexusOperation'>(
      run.interceptors.outbound,
      'startNexusOperation',
      schedule,
    );
    const seq = run.seqs.nexus++;
    const { name: operation, inputType, outputType } = definition;
    const types = { ...(inputType && { inputType }), ...(outputType && { outputType }) };
    return execute({ endpoint, service, operation, input, options, headers: { ...options.headers }, seq, ...types });
  };
  // Where these await, and where they only return a promise, decides after how many microtasks they settle.
  const startOperation = async (
    operation: string | AnyOperation,
    input: unknown,
    options?: Partial<StartNexusOperationOptions>,
  ): Promise<NexusOperationHandle<Untyped>> => {
    const definition = definitionOf(operation);
    const { token, result } = await start(definition, input, options);
    const converter = definition.outputType?.transferTypeConverter;
    const handle = { service, operation: definition.name, ...(token === undefined ? {} : { token }) };
    if (converter === undefined) return { ...handle, result: async () => result as Promise<Untyped> };
    return { ...handle, result: async () => converter.fromTransferType(await result) };
  };
  return {
    startOperation,
    async executeOperation(
      operation: string | AnyOperation,
      input: unknown,
      options?: Partial<StartNexusOperationOptions>,
    ): Promise<Untyped> {
      const handle = await startOperation(operation, input, options);
      return await handle.result();
    },
  };
}
