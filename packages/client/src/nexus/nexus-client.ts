import { ConnectedClient } from '../connected-client.ts';
import { randomUUID } from 'node:crypto';
import { composeInterceptors, msOptionalToTs } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { status } from '../call/status.ts';
import { loadBaseClientOptions } from '../client-options.ts';
import type { BaseClientOptions, LoadedBaseClientOptions } from '../client-options.ts';
import { Converter } from '../convert/converter.ts';
import { encodeUserMetadata } from '../convert/user-metadata.ts';
import { NexusOperationAlreadyStartedError, isGrpcServiceError } from '../errors.ts';
import { encodeNexusOperationIdConflictPolicy, encodeNexusOperationIdReusePolicy } from './nexus-enums.ts';
import { decodeNexusOperation, nexusOperationHandle } from './nexus-handle.ts';
import type {
  NexusClientInterceptor,
  NexusOperationExecution,
  NexusOperationHandle,
  StartNexusOperationInput,
  StartNexusOperationOptions,
} from './nexus-options.ts';
import { callingNexus } from './nexus-scope.ts';
import type { NexusScope } from './nexus-scope.ts';

/** Options of a `NexusClient`. */
export interface NexusClientOptions extends BaseClientOptions {
  interceptors?: readonly NexusClientInterceptor[];
}

/** The operations of one service at one endpoint. */
export interface NexusServiceClient {
  /** Starts an operation. @throws NexusOperationAlreadyStartedError when the id is taken. */
  startOperation<Input, Output>(
    operation: string,
    input: Input,
    options: StartNexusOperationOptions,
  ): Promise<NexusOperationHandle<Output>>;
  /** Starts an operation and waits for its result. */
  executeOperation<Input, Output>(
    operation: string,
    input: Input,
    options: StartNexusOperationOptions,
  ): Promise<Output>;
}

type Request = temporal.api.workflowservice.v1.StartNexusOperationExecutionRequest;

/** Runs Nexus operations on their own, without a workflow. The server has to know standalone operations. */
export class NexusClient extends ConnectedClient {
  readonly options: LoadedBaseClientOptions;
  readonly #scope: NexusScope;

  constructor(options: NexusClientOptions = {}) {
    super();
    this.options = loadBaseClientOptions(options);
    this.#scope = {
      service: this.options.connection.workflowService,
      converter: new Converter(this.options.loadedDataConverter),
      namespace: this.options.namespace,
      identity: this.options.identity,
      interceptors: options.interceptors ?? [],
    };
  }

  /** The operations of a service, by its name or its definition, at an endpoint. */
  service(endpoint: string, service: string | { readonly name: string }): NexusServiceClient {
    const name = typeof service === 'string' ? service : service.name;
    const start = async <Output>(
      operation: string,
      input: unknown,
      options: StartNexusOperationOptions,
    ): Promise<NexusOperationHandle<Output>> => {
      const runId = await startOperation(this.#scope, { endpoint, service: name, operation, input, options });
      return nexusOperationHandle(this.#scope, { operationId: options.id, runId });
    };
    return {
      startOperation: start,
      async executeOperation<Input, Output>(operation: string, input: Input, options: StartNexusOperationOptions) {
        const handle = await start<Output>(operation, input, options);
        return handle.result();
      },
    };
  }

  /** A handle to an operation by its id; without a run id, to its latest run. Asks the server nothing. */
  getHandle<Result = unknown>(operationId: string, runId?: string): NexusOperationHandle<Result> {
    return nexusOperationHandle(this.#scope, { operationId, runId });
  }

  /** Lists standalone operations, as they are asked for. */
  async *list({
    query,
    pageSize,
  }: { query?: string; pageSize?: number } = {}): AsyncGenerator<NexusOperationExecution> {
    const scope = this.#scope;
    let nextPageToken: Uint8Array | undefined;
    do {
      const token = nextPageToken;
      const response = await callingNexus(scope, { action: 'Failed to list Nexus operations' }, () =>
        scope.service.listNexusOperationExecutions({
          namespace: scope.namespace,
          query,
          pageSize,
          nextPageToken: token,
        }),
      );
      for (const raw of response.operations ?? []) yield decodeNexusOperation(raw);
      nextPageToken = response.nextPageToken ?? undefined;
    } while (nextPageToken !== undefined && nextPageToken.length > 0);
  }

  /** Counts standalone operations. */
  async count(query?: string): Promise<{ count: number }> {
    const scope = this.#scope;
    const response = await callingNexus(scope, { action: 'Failed to count Nexus operations' }, () =>
      scope.service.countNexusOperationExecutions({ namespace: scope.namespace, query }),
    );
    return { count: response.count ?? 0 };
  }
}

function startOperation(scope: NexusScope, input: StartNexusOperationInput): Promise<string> {
  return composeInterceptors(scope.interceptors, 'startOperation', async (last: StartNexusOperationInput) => {
    const request = await encodeStart(scope, last);
    const response = await callingNexus(scope, { action: 'Failed to start Nexus operation' }, async () => {
      try {
        return await scope.service.startNexusOperationExecution(request);
      } catch (error) {
        if (!isGrpcServiceError(error) || error.code !== status.ALREADY_EXISTS) throw error;
        throw new NexusOperationAlreadyStartedError('Nexus operation already started', last.options.id);
      }
    });
    return response.runId ?? '';
  })(input);
}

async function encodeStart(
  scope: NexusScope,
  { endpoint, service, operation, input, options }: StartNexusOperationInput,
): Promise<Request> {
  return {
    namespace: scope.namespace,
    identity: scope.identity,
    requestId: randomUUID(),
    operationId: options.id,
    endpoint,
    service,
    operation,
    scheduleToCloseTimeout: msOptionalToTs(options.scheduleToCloseTimeout),
    scheduleToStartTimeout: msOptionalToTs(options.scheduleToStartTimeout),
    startToCloseTimeout: msOptionalToTs(options.startToCloseTimeout),
    input: await scope.converter.encodeOne(input),
    idReusePolicy: encodeNexusOperationIdReusePolicy(options.idReusePolicy) as Request['idReusePolicy'],
    idConflictPolicy: encodeNexusOperationIdConflictPolicy(options.idConflictPolicy) as Request['idConflictPolicy'],
    nexusHeader: options.headers,
    userMetadata: await encodeUserMetadata(scope.converter, { staticSummary: options.summary }),
  };
}
