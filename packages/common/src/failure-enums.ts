import { enumCodec } from './enum-codec.ts';

/** Where failures of this SDK say that they come from; the name that every worker of the field writes for TypeScript. */
export const FAILURE_SOURCE = 'TypeScriptSDK';

/** Which time limit was exceeded. */
export const TimeoutType = {
  /** From the start of one attempt to its end. */
  START_TO_CLOSE: 'START_TO_CLOSE',
  /** From being scheduled to being started by a worker. */
  SCHEDULE_TO_START: 'SCHEDULE_TO_START',
  /** From being scheduled to the end, over all attempts. */
  SCHEDULE_TO_CLOSE: 'SCHEDULE_TO_CLOSE',
  /** No heartbeat came in time. */
  HEARTBEAT: 'HEARTBEAT',
  /** @deprecated Use the names without the prefix; these are the same. */
  TIMEOUT_TYPE_UNSPECIFIED: undefined,
  TIMEOUT_TYPE_START_TO_CLOSE: 'START_TO_CLOSE',
  TIMEOUT_TYPE_SCHEDULE_TO_START: 'SCHEDULE_TO_START',
  TIMEOUT_TYPE_SCHEDULE_TO_CLOSE: 'SCHEDULE_TO_CLOSE',
  TIMEOUT_TYPE_HEARTBEAT: 'HEARTBEAT',
} as const;
export type TimeoutType = NonNullable<(typeof TimeoutType)[keyof typeof TimeoutType]>;

const timeoutTypes = enumCodec<TimeoutType>('TimeoutType', 'TIMEOUT_TYPE_', {
  START_TO_CLOSE: 1,
  SCHEDULE_TO_START: 2,
  SCHEDULE_TO_CLOSE: 3,
  HEARTBEAT: 4,
});
/** The wire number of a TimeoutType. */
export const encodeTimeoutType = timeoutTypes.encode;
/** The TimeoutType of a wire number. */
export const decodeTimeoutType = timeoutTypes.decode;

/** Why there was no further attempt. */
export const RetryState = {
  IN_PROGRESS: 'IN_PROGRESS',
  NON_RETRYABLE_FAILURE: 'NON_RETRYABLE_FAILURE',
  TIMEOUT: 'TIMEOUT',
  MAXIMUM_ATTEMPTS_REACHED: 'MAXIMUM_ATTEMPTS_REACHED',
  RETRY_POLICY_NOT_SET: 'RETRY_POLICY_NOT_SET',
  INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
  CANCEL_REQUESTED: 'CANCEL_REQUESTED',
  /** @deprecated Use the names without the prefix; these are the same. */
  RETRY_STATE_UNSPECIFIED: undefined,
  RETRY_STATE_IN_PROGRESS: 'IN_PROGRESS',
  RETRY_STATE_NON_RETRYABLE_FAILURE: 'NON_RETRYABLE_FAILURE',
  RETRY_STATE_TIMEOUT: 'TIMEOUT',
  RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED: 'MAXIMUM_ATTEMPTS_REACHED',
  RETRY_STATE_RETRY_POLICY_NOT_SET: 'RETRY_POLICY_NOT_SET',
  RETRY_STATE_INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
  RETRY_STATE_CANCEL_REQUESTED: 'CANCEL_REQUESTED',
} as const;
export type RetryState = NonNullable<(typeof RetryState)[keyof typeof RetryState]>;

const retryStates = enumCodec<RetryState>('RetryState', 'RETRY_STATE_', {
  IN_PROGRESS: 1,
  NON_RETRYABLE_FAILURE: 2,
  TIMEOUT: 3,
  MAXIMUM_ATTEMPTS_REACHED: 4,
  RETRY_POLICY_NOT_SET: 5,
  INTERNAL_SERVER_ERROR: 6,
  CANCEL_REQUESTED: 7,
});
/** The wire number of a RetryState. */
export const encodeRetryState = retryStates.encode;
/** The RetryState of a wire number. */
export const decodeRetryState = retryStates.decode;

/** How severe an application failure is. */
export const ApplicationFailureCategory = {
  /** Expected and handled: logged at debug level and left out of failure metrics. */
  BENIGN: 'BENIGN',
} as const;
export type ApplicationFailureCategory = (typeof ApplicationFailureCategory)[keyof typeof ApplicationFailureCategory];

const categories = enumCodec<ApplicationFailureCategory>('ApplicationFailureCategory', 'APPLICATION_ERROR_CATEGORY_', {
  BENIGN: 1,
});
/** The wire number of an ApplicationFailureCategory. */
export const encodeApplicationFailureCategory = categories.encode;
/** The ApplicationFailureCategory of a wire number. */
export const decodeApplicationFailureCategory = categories.decode;
