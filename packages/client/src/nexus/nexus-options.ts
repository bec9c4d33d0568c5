import type {
  Duration,
  PayloadTypeInfo,
  SearchAttributePair,
  SearchAttributeType,
  TypedSearchAttributes,
  TypedSearchAttributeValue,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type {
  NexusOperationCancellationState,
  NexusOperationExecutionStatus,
  NexusOperationIdConflictPolicy,
  NexusOperationIdReusePolicy,
  PendingNexusOperationState,
} from './nexus-enums.ts';

export type RawNexusOperationExecutionInfo = temporal.api.nexus.v1.NexusOperationExecutionInfo;
export type RawNexusOperationExecutionListInfo = temporal.api.nexus.v1.NexusOperationExecutionListInfo;
export type RawNexusOperationExecutionCancellationInfo = temporal.api.nexus.v1.NexusOperationExecutionCancellationInfo;

/** How to start an operation. */
export interface StartNexusOperationOptions {
  /** The business id of the operation. */
  id: string;
  /** The longest the operation may take in all. */
  scheduleToCloseTimeout?: Duration;
  /** The longest it may wait until its handler has started it. */
  scheduleToStartTimeout?: Duration;
  /** The longest it may take from then on. */
  startToCloseTimeout?: Duration;
  /** Whether the id of an operation that is closed may be used again; `ALLOW_DUPLICATE` by default. */
  idReusePolicy?: NexusOperationIdReusePolicy;
  /** What happens when an operation of the id runs; `FAIL` by default. */
  idConflictPolicy?: NexusOperationIdConflictPolicy;
  searchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  /** Headers for the handler. */
  headers?: Record<string, string>;
  /** One line for people; Markdown. */
  summary?: string;
}

/** Which operations `list` gives. */
export interface ListNexusOperationsOptions {
  /** A list filter; all operations by default. */
  query?: string;
  /** How many to ask the server for at once. */
  pageSize?: number;
}

/** Which run `getHandle` is about. */
export interface GetNexusOperationHandleOptions {
  /** Default: the latest run. */
  runId?: string;
  /** What is declared of the type of the result. */
  typeInfo?: Pick<PayloadTypeInfo, 'outputType'>;
}

/** How to describe an operation; there is nothing to choose. */
export type DescribeNexusOperationOptions = object;

/** What `list` gives of an operation. */
export interface NexusOperationExecution {
  readonly operationId: string;
  readonly runId: string;
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  readonly status: NexusOperationExecutionStatus | undefined;
  readonly scheduleTime: Date | undefined;
  /** Set when it is closed. */
  readonly closeTime: Date | undefined;
  readonly searchAttributes: TypedSearchAttributes;
  readonly stateTransitionCount: number;
  /** In milliseconds; set when it is closed. */
  readonly executionDuration: number | undefined;
  readonly raw: RawNexusOperationExecutionListInfo;
}

/** How far the cancellation of an operation has come. */
export interface NexusOperationExecutionCancellationInfo {
  readonly requestedTime: Date | undefined;
  readonly state: NexusOperationCancellationState | undefined;
  readonly attempt: number;
  readonly lastAttemptCompleteTime: Date | undefined;
  readonly nextAttemptScheduleTime: Date | undefined;
  readonly lastAttemptFailure: Error | undefined;
  readonly blockedReason: string | undefined;
  /** What `cancel` was given. */
  readonly reason: string;
  readonly raw: RawNexusOperationExecutionCancellationInfo;
}

/** What `describe` gives. Durations are in milliseconds. */
export interface NexusOperationExecutionDescription extends Omit<NexusOperationExecution, 'raw'> {
  /** Why it runs still. */
  readonly state: PendingNexusOperationState | undefined;
  readonly scheduleToCloseTimeout: number | undefined;
  readonly scheduleToStartTimeout: number | undefined;
  readonly startToCloseTimeout: number | undefined;
  readonly attempt: number;
  readonly expirationTime: Date | undefined;
  readonly lastAttemptCompleteTime: Date | undefined;
  readonly nextAttemptScheduleTime: Date | undefined;
  readonly lastAttemptFailure: Error | undefined;
  readonly blockedReason: string | undefined;
  readonly requestId: string;
  /** Names an operation that goes on after it was started. */
  readonly operationToken: string | undefined;
  /** Of the client that started it. */
  readonly identity: string;
  /** Set when cancellation was asked for. */
  readonly cancellationInfo: NexusOperationExecutionCancellationInfo | undefined;
  staticSummary(): Promise<string | undefined>;
  staticDetails(): Promise<string | undefined>;
  readonly raw: RawNexusOperationExecutionInfo;
}

/** How many operations match, in all and by group. */
export interface NexusOperationExecutionCount {
  readonly count: number;
  readonly groups: readonly NexusOperationExecutionCountGroup[];
}

/** One group of a count. */
export interface NexusOperationExecutionCountGroup {
  readonly count: number;
  readonly groupValues: readonly TypedSearchAttributeValue<SearchAttributeType>[];
}

/** A client as its handles know it: a `NexusClient`. */
export interface ClientOfNexusHandle {
  getHandle(operationId: string, options?: GetNexusOperationHandleOptions): NexusOperationHandle;
}

/** One standalone operation. */
export interface NexusOperationHandle<Result = unknown> {
  readonly operationId: string;
  readonly runId?: string;
  /** The client that made the handle. */
  readonly client: ClientOfNexusHandle;
  /** The result, waited for. @throws NexusOperationFailureError when there is none. */
  result(): Promise<Result>;
  /** What the server knows of it. @throws NexusOperationNotFoundError when it knows nothing. */
  describe(options?: DescribeNexusOperationOptions): Promise<NexusOperationExecutionDescription>;
  /** Asks its handler to cancel it. */
  cancel(reason?: string): Promise<void>;
  /** Ends it without asking its handler. */
  terminate(reason?: string): Promise<void>;
}
