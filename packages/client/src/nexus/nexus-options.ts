import type { Duration } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type {
  NexusOperationCancellationState,
  NexusOperationExecutionStatus,
  NexusOperationIdConflictPolicy,
  NexusOperationIdReusePolicy,
  PendingNexusOperationState,
} from './nexus-enums.ts';

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
  idReusePolicy?: NexusOperationIdReusePolicy;
  idConflictPolicy?: NexusOperationIdConflictPolicy;
  /** Headers for the handler. */
  headers?: Record<string, string>;
  /** One line for people; Markdown. */
  summary?: string;
}

export interface StartNexusOperationInput {
  readonly endpoint: string;
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly options: StartNexusOperationOptions;
}

/** Stands between the client and the server. */
export interface NexusClientInterceptor {
  /** Start an operation; gives its run id. */
  startOperation?: (
    input: StartNexusOperationInput,
    next: (input: StartNexusOperationInput) => Promise<string>,
  ) => Promise<string>;
}

/** What `list` gives of an operation. */
export interface NexusOperationExecution {
  operationId: string;
  runId: string;
  endpoint: string;
  service: string;
  operation: string;
  status: NexusOperationExecutionStatus;
  scheduleTime?: Date;
  closeTime?: Date;
}

/** What `describe` gives. */
export interface NexusOperationExecutionDescription extends NexusOperationExecution {
  attempt: number;
  state?: PendingNexusOperationState;
  cancellation?: { state?: NexusOperationCancellationState; attempt: number; reason?: string };
  raw: temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse;
}

/** One standalone operation. */
export interface NexusOperationHandle<Result = unknown> {
  readonly operationId: string;
  readonly runId?: string;
  /** The result, waited for. @throws NexusOperationFailureError when there is none. */
  result(): Promise<Result>;
  describe(): Promise<NexusOperationExecutionDescription>;
  cancel(reason?: string): Promise<void>;
  terminate(reason?: string): Promise<void>;
}
