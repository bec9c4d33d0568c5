import { IllegalStateError } from '@reprise/common';
import * as all from './errors.ts';

/** The errors of workers by name. @deprecated Import them from the package itself. */
export const errors = {
  CombinedWorkerRunError: all.CombinedWorkerRunError,
  GracefulShutdownPeriodExpiredError: all.GracefulShutdownPeriodExpiredError,
  IllegalStateError,
  PromiseCompletionTimeoutError: all.PromiseCompletionTimeoutError,
  ReplayError: all.ReplayError,
  ShutdownError: all.ShutdownError,
  TransportError: all.TransportError,
  UnexpectedError: all.UnexpectedError,
  UnhandledRejectionError: all.UnhandledRejectionError,
};
