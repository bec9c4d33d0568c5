import type { WallFailure } from '@reprise/common';

/** temporal.api.enums.v1.SignalExternalWorkflowExecutionFailedCause, and the same of cancel. */
const notFound = 1;

/** What workflow code gets when another workflow could not be reached. */
export function externalFailure(message: string, cause: number): WallFailure {
  return {
    message,
    applicationFailureInfo: cause === notFound ? { type: 'ExternalWorkflowExecutionNotFound' } : {},
  };
}
