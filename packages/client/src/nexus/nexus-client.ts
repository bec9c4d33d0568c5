import { checkOption, checkSpelling, composeInterceptors, describeOption } from '@reprise/common';
import type { SearchAttributeType, TypedSearchAttributeValue, Untyped } from '@reprise/common';
import type { OperationDefinition, OperationInput, OperationKey, OperationOutput, ServiceDefinition } from 'nexus-rpc';
import { loadBaseClientOptions } from '../client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from '../client-options.ts';
import { ConnectedClient } from '../connected-client.ts';
import { Converter } from '../convert/converter.ts';
import { storingService } from '../external-storage/storing-service.ts';
import { decodeGroupValues } from '../convert/group-values.ts';
import { decodeNexusOperation } from './decode-nexus-operation.ts';
import { nexusOperationHandle } from './nexus-handle.ts';
import type {
  CountNexusOperationsInput,
  ListNexusOperationsInput,
  NexusClientInterceptor,
  StartNexusOperationInput,
} from './nexus-interceptor.ts';
import type {
  GetNexusOperationHandleOptions,
  ListNexusOperationsOptions,
  NexusOperationExecution,
  NexusOperationExecutionCount,
  NexusOperationHandle,
  StartNexusOperationOptions,
} from './nexus-options.ts';
import { callingNexus } from './nexus-scope.ts';
import type { NexusScope } from './nexus-scope.ts';
import { startNexusOperation } from './start-nexus-operation.ts';

const knownOfStart: { readonly [Name in keyof Required<StartNexusOperationOptions>]: true } = {
  id: true,
  scheduleToCloseTimeout: true,
  scheduleToStartTimeout: true,
  startToCloseTimeout: true,
  idReusePolicy: true,
  idConflictPolicy: true,
  searchAttributes: true,
  headers: true,
  summary: true,
};

function checkServiceOptions(options: { endpoint?: unknown; service?: unknown }): void {
  checkOption('The options of createServiceClient(...)', options, 'object');
  const { endpoint, service } = options;
  if (typeof endpoint !== 'string' || endpoint === '') {
    throw new TypeError(`The endpoint of a service client must be its name, got ${describeOption(endpoint)}`);
  }
  if (typeof service === 'object' && service !== null && 'name' in service && 'operations' in service) return;
  throw new TypeError(
    `The service of a service client must be its definition, which service(...) of nexus-rpc gives, got ${describeOption(service)}`,
  );
}

/** Options of a `NexusClient`. */
export interface NexusClientOptions extends BaseClientOptions {
  /** The first stands outermost. */
  interceptors?: readonly NexusClientInterceptor[];
}

export interface LoadedNexusClientOptions extends LoadedBaseClientOptions {
  readonly interceptors: readonly NexusClientInterceptor[];
}

type Operations<T extends ServiceDefinition> = T['operations'];
type OperationOf<T extends ServiceDefinition> = Operations<T>[keyof Operations<T>];
type AnyOperation = Pick<OperationDefinition<Untyped, Untyped>, 'name' | 'inputType' | 'outputType'>;

/** Calls the operations of one service at one endpoint, by their definitions or by their names in the service's. */
export interface NexusServiceClient<T extends ServiceDefinition> {
  readonly endpoint: string;
  readonly service: T;
  /** Starts an operation. @throws NexusOperationAlreadyStartedError when the id is taken. */
  startOperation<O extends OperationOf<T>>(
    operation: O,
    input: OperationInput<O>,
    options: StartNexusOperationOptions,
  ): Promise<NexusOperationHandle<OperationOutput<O>>>;
  startOperation<K extends OperationKey<Operations<T>>>(
    operation: K,
    input: OperationInput<Operations<T>[K]>,
    options: StartNexusOperationOptions,
  ): Promise<NexusOperationHandle<OperationOutput<Operations<T>[K]>>>;
  /** Starts an operation and waits for its result. @throws NexusOperationFailureError when there is none. */
  executeOperation<O extends OperationOf<T>>(
    operation: O,
    input: OperationInput<O>,
    options: StartNexusOperationOptions,
  ): Promise<OperationOutput<O>>;
  executeOperation<K extends OperationKey<Operations<T>>>(
    operation: K,
    input: OperationInput<Operations<T>[K]>,
    options: StartNexusOperationOptions,
  ): Promise<OperationOutput<Operations<T>[K]>>;
}

/**
 * Runs Nexus operations on their own, without a workflow. The server has to know standalone operations.
 *
 * @example
 * ```ts
 * const billing = client.nexus.createServiceClient({ endpoint: 'billing', service: billingService });
 * const receipt = await billing.executeOperation('charge', order, { id: 'charge-1', scheduleToCloseTimeout: '1 minute' });
 * ```
 */
export class NexusClient extends ConnectedClient {
  readonly options: LoadedNexusClientOptions;
  readonly #scope: NexusScope;

  constructor(options: NexusClientOptions = {}) {
    super();
    this.options = { ...loadBaseClientOptions(options), interceptors: options.interceptors ?? [] };
    const { loadedDataConverter, namespace, identity, interceptors } = this.options;
    this.#scope = {
      service: storingService(this.options),
      converter: new Converter(loadedDataConverter),
      namespace,
      identity,
      interceptors,
    };
  }

  /** The operations of a service, by its definition, at an endpoint. Asks the server nothing. @throws TypeError without them */
  createServiceClient<T extends ServiceDefinition>(options: { endpoint: string; service: T }): NexusServiceClient<T> {
    checkServiceOptions(options);
    const { endpoint, service } = options;
    const startOperation = async (
      operation: string | AnyOperation,
      arg: unknown,
      start: StartNexusOperationOptions,
    ) => {
      checkSpelling('StartNexusOperationOptions', start ?? {}, knownOfStart);
      const { name, inputType, outputType } =
        typeof operation === 'string' ? operationOf(service, operation) : operation;
      const types = { ...(inputType && { inputType }), ...(outputType && { outputType }) };
      return this.#start({ endpoint, service: service.name, operation: name, arg, ...start, ...types });
    };
    // The interceptors on the way know no types; those of the service's definition hold.
    return {
      endpoint,
      service,
      startOperation,
      executeOperation: async (operation: string | AnyOperation, arg: unknown, start: StartNexusOperationOptions) => {
        const handle = await startOperation(operation, arg, start);
        return await handle.result();
      },
    } as NexusServiceClient<T>;
  }

  /** A handle to an operation by its id. Asks the server nothing. */
  getHandle<Result = unknown>(
    operationId: string,
    { runId, typeInfo }: GetNexusOperationHandleOptions = {},
  ): NexusOperationHandle<Result extends OperationDefinition<Untyped, infer Output> ? Output : Result> {
    return nexusOperationHandle(this, this.#scope, { operationId, runId, outputType: typeInfo?.outputType });
  }

  /** Lists standalone operations, as they are asked for. */
  list(options: ListNexusOperationsOptions = {}): AsyncIterable<NexusOperationExecution> {
    checkSpelling('ListNexusOperationsOptions', options, { query: true, pageSize: true });
    const { query, pageSize } = options;
    const input = { ...(query !== undefined && { query }), ...(pageSize !== undefined && { pageSize }) };
    return composeInterceptors(this.#scope.interceptors, 'list', (last: ListNexusOperationsInput) =>
      pages(this.#scope, last),
    )(input);
  }

  /** Counts standalone operations, by groups when the query says so. */
  count(query?: string): Promise<NexusOperationExecutionCount> {
    return composeInterceptors(this.#scope.interceptors, 'count', (last: CountNexusOperationsInput) =>
      count(this.#scope, last),
    )(query === undefined ? {} : { query });
  }

  #start(input: StartNexusOperationInput): Promise<NexusOperationHandle> {
    const scope = this.#scope;
    return composeInterceptors(scope.interceptors, 'startOperation', async (last: StartNexusOperationInput) => {
      const runId = await startNexusOperation(scope, last);
      return nexusOperationHandle(this, scope, { operationId: last.id, runId, outputType: last.outputType });
    })(input);
  }
}

function operationOf(service: ServiceDefinition, key: string): AnyOperation {
  const operation = service.operations[key];
  if (operation !== undefined) return operation;
  const keys = Object.keys(service.operations).join(', ');
  throw new TypeError(`The Nexus service ${service.name} has no operation ${key}; it has: ${keys}`);
}

async function* pages(
  scope: NexusScope,
  { query, pageSize }: ListNexusOperationsInput,
): AsyncGenerator<NexusOperationExecution> {
  let nextPageToken: Uint8Array | undefined;
  do {
    const request = { namespace: scope.namespace, query, pageSize, nextPageToken };
    const response = await callingNexus(scope, { action: 'Failed to list Nexus operations' }, () =>
      scope.service.listNexusOperationExecutions(request),
    );
    for (const raw of response.operations ?? []) yield decodeNexusOperation(raw);
    nextPageToken = response.nextPageToken ?? undefined;
  } while (nextPageToken !== undefined && nextPageToken.length > 0);
}

async function count(scope: NexusScope, { query }: CountNexusOperationsInput): Promise<NexusOperationExecutionCount> {
  const response = await callingNexus(scope, { action: 'Failed to count Nexus operations' }, () =>
    scope.service.countNexusOperationExecutions({ namespace: scope.namespace, query }),
  );
  const groups = (response.groups ?? []).map((group) => ({
    count: group.count ?? 0,
    groupValues: decodeGroupValues(group.groupValues) as TypedSearchAttributeValue<SearchAttributeType>[],
  }));
  return { count: response.count ?? 0, groups };
}
