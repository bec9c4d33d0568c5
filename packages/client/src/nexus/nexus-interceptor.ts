import type { Duration, Next, SearchAttributePair, TypedSearchAttributes, TypeInfo } from '@reprise/common';
import type { NexusOperationIdConflictPolicy, NexusOperationIdReusePolicy } from './nexus-enums.ts';
import type {
  NexusOperationExecution,
  NexusOperationExecutionCount,
  NexusOperationExecutionDescription,
  NexusOperationHandle,
} from './nexus-options.ts';

/** Input of `startOperation`. */
export interface StartNexusOperationInput {
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  /** The business id of the operation. */
  readonly id: string;
  readonly arg: unknown;
  readonly scheduleToCloseTimeout?: Duration;
  readonly scheduleToStartTimeout?: Duration;
  readonly startToCloseTimeout?: Duration;
  readonly summary?: string;
  readonly idReusePolicy?: NexusOperationIdReusePolicy;
  readonly idConflictPolicy?: NexusOperationIdConflictPolicy;
  readonly searchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  readonly headers?: Record<string, string>;
  /** What the service's definition declares of the type of `arg`. */
  readonly inputType?: TypeInfo;
  /** What the service's definition declares of the type of the result. */
  readonly outputType?: TypeInfo;
}

/** Which operation a call is about; without a run id, the latest run of its id. */
interface NexusOperationTarget {
  readonly operationId: string;
  readonly runId?: string;
}

/** Input of `getResult`. */
export interface GetNexusOperationResultInput extends NexusOperationTarget {
  readonly outputType?: TypeInfo;
}

/** Input of `describe`. */
export type DescribeNexusOperationInput = NexusOperationTarget;

/** Input of `cancel`. */
export interface CancelNexusOperationInput extends NexusOperationTarget {
  readonly reason?: string;
}

/** Input of `terminate`. */
export interface TerminateNexusOperationInput extends NexusOperationTarget {
  readonly reason?: string;
}

/** Input of `list`. */
export interface ListNexusOperationsInput {
  readonly query?: string;
  readonly pageSize?: number;
}

/** Input of `count`. */
export interface CountNexusOperationsInput {
  readonly query?: string;
}

/** Stands between the client and the server; each method calls `next` to go on. */
export interface NexusClientInterceptor {
  startOperation?: (
    input: StartNexusOperationInput,
    next: Next<this, 'startOperation'>,
  ) => Promise<NexusOperationHandle>;
  getResult?: (input: GetNexusOperationResultInput, next: Next<this, 'getResult'>) => Promise<unknown>;
  describe?: (
    input: DescribeNexusOperationInput,
    next: Next<this, 'describe'>,
  ) => Promise<NexusOperationExecutionDescription>;
  cancel?: (input: CancelNexusOperationInput, next: Next<this, 'cancel'>) => Promise<void>;
  terminate?: (input: TerminateNexusOperationInput, next: Next<this, 'terminate'>) => Promise<void>;
  list?: (input: ListNexusOperationsInput, next: Next<this, 'list'>) => AsyncIterable<NexusOperationExecution>;
  count?: (input: CountNexusOperationsInput, next: Next<this, 'count'>) => Promise<NexusOperationExecutionCount>;
}
