/** Errors that operators of workers meet. */
import { brandError } from '@reprise/common';

/** A poll or an answer could not reach the server. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
}
brandError(TransportError, 'TransportError');

/** Something happened in the worker that should not. */
export class UnexpectedError extends Error {
  override readonly name = 'UnexpectedError';
}
brandError(UnexpectedError, 'UnexpectedError');

/** The worker was shut down while it was starting. */
export class ShutdownError extends Error {
  override readonly name = 'ShutdownError';
}
brandError(ShutdownError, 'ShutdownError');

/** Activities or workflow tasks did not end within the time that shutdown leaves them. */
export class GracefulShutdownPeriodExpiredError extends Error {
  override readonly name = 'GracefulShutdownPeriodExpiredError';
}
brandError(GracefulShutdownPeriodExpiredError, 'GracefulShutdownPeriodExpiredError');

/** What `runUntil` waited for did not settle in time after the worker had stopped. */
export class PromiseCompletionTimeoutError extends Error {
  override readonly name = 'PromiseCompletionTimeoutError';
}
brandError(PromiseCompletionTimeoutError, 'PromiseCompletionTimeoutError');

/** Workflow code left a promise rejected. */
export class UnhandledRejectionError extends Error {
  override readonly name = 'UnhandledRejectionError';
}
brandError(UnhandledRejectionError, 'UnhandledRejectionError');

/** A history could not be replayed, for another reason than nondeterminism. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}
brandError(ReplayError, 'ReplayError');

export interface CombinedWorkerRunErrorCause {
  /** What the worker failed with. */
  workerError: unknown;
  /** What the function or promise given to `runUntil` failed with. */
  innerError: unknown;
}

/** Both the worker and what `runUntil` waited for failed. */
export class CombinedWorkerRunError extends Error {
  override readonly name = 'CombinedWorkerRunError';
  override readonly cause: CombinedWorkerRunErrorCause;
  constructor(message: string, options: { cause: CombinedWorkerRunErrorCause }) {
    super(message, options);
    this.cause = options.cause;
  }
}
brandError(CombinedWorkerRunError, 'CombinedWorkerRunError');
