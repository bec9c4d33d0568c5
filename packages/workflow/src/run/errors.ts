import { brandError } from '@reprise/common';

/** Workflow code is not usable as it is; for example, an update's handler is missing. */
export class WorkflowError extends Error {
  static {
    brandError(this, 'WorkflowError');
  }
}

/** Workflow code did something that replay cannot repeat. */
export class DeterminismViolationError extends WorkflowError {
  static {
    brandError(this, 'DeterminismViolationError');
  }
}

/** A promise of workflow code was rejected and nobody was there to hear of it. */
export class UnhandledRejectionError extends Error {
  override readonly cause: unknown;
  constructor(message: string, cause: unknown) {
    super(message);
    this.cause = cause;
  }
  static {
    brandError(this, 'UnhandledRejectionError');
  }
}
