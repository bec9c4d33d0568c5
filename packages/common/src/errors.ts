import { brandError } from './brand.ts';

/** A value is not of the form that was expected, for example when it cannot be converted to a payload. */
export class ValueError extends Error {
  override readonly cause?: unknown;
  constructor(message: string | undefined, cause?: unknown) {
    super(message ?? undefined);
    if (cause !== undefined) this.cause = cause;
  }
  static {
    brandError(this, 'ValueError');
  }
}

/** A payload converter is broken: it threw, or it returned something that is not a payload. */
export class PayloadConverterError extends ValueError {
  static {
    brandError(this, 'PayloadConverterError');
  }
}

/** A call was made in a state, or at a place, where it is not allowed. */
export class IllegalStateError extends Error {
  static {
    brandError(this, 'IllegalStateError');
  }
}

/** No workflow with this id is known, or it is closed already. */
export class WorkflowNotFoundError extends Error {
  readonly workflowId: string;
  readonly runId: string | undefined;
  constructor(message: string, workflowId: string, runId: string | undefined) {
    super(message);
    this.workflowId = workflowId;
    this.runId = runId;
  }
  static {
    brandError(this, 'WorkflowNotFoundError');
  }
}

/** The namespace does not exist. */
export class NamespaceNotFoundError extends Error {
  readonly namespace: string;
  constructor(namespace: string) {
    super(`Namespace not found: '${namespace}'`);
    this.namespace = namespace;
  }
  static {
    brandError(this, 'NamespaceNotFoundError');
  }
}

/** A payload refers to external storage, but none is configured on this side. */
export class ExternalStorageNotConfiguredError extends Error {
  constructor(message = 'Detected externally stored payload(s) but external storage is not configured.') {
    super(message);
  }
  static {
    brandError(this, 'ExternalStorageNotConfiguredError');
  }
}

/** Thrown by an activity to say that it will be completed from outside, by its task token or ids. */
export class CompleteAsyncError extends Error {
  static {
    brandError(this, 'CompleteAsyncError');
  }
}
