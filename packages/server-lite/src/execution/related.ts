/** Other executions that a run waits for or is told of: children, signals and cancels under way, callbacks. */
import type {
  CancelInitiatedAttributes,
  ChildInitiatedAttributes,
  SignalInitiatedAttributes,
  UserMetadata,
} from './wire.ts';
import type { temporal } from '@reprise/proto';

export interface Child {
  readonly initiatedEventId: number;
  readonly attributes: ChildInitiatedAttributes;
  readonly initiatedTimeMs: number;
  readonly userMetadata: UserMetadata | undefined;
  /** The run that was created for it, before or without its started event. */
  readonly runId: string;
  /** 0 until it is numbered. */
  readonly startedEventId: number;
  readonly started: boolean;
  /** Its parent has closed, and it has been dealt with as the parent wanted. */
  readonly policyApplied: boolean;
}

export interface OutgoingSignal {
  readonly initiatedEventId: number;
  readonly attributes: SignalInitiatedAttributes;
  /** Makes delivery safe to repeat. */
  readonly requestId: string;
}

export interface OutgoingCancel {
  readonly initiatedEventId: number;
  readonly attributes: CancelInitiatedAttributes;
  readonly requestId: string;
}

export interface Callback {
  readonly id: string;
  readonly callback: temporal.api.common.v1.Callback;
  readonly registeredTimeMs: number;
  /** CallbackState. */
  readonly state: number;
  readonly attempt: number;
  readonly lastAttemptMs: number | undefined;
  readonly lastFailure: temporal.api.failure.v1.Failure | undefined;
  readonly nextAttemptMs: number | undefined;
}
