/** The bundle of workflow code cannot be made. The message has the place, how the module came in, and what to do. */
export class WorkflowBundleError extends Error {
  override readonly name = 'WorkflowBundleError';
  /** The file that is at fault, if one is. */
  readonly file: string | undefined;
  /** From the workflows file to the module that is at fault, as files and as specifiers at the end. */
  readonly importChain: readonly string[];

  constructor(message: string, details: { file?: string; importChain?: readonly string[]; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.file = details.file;
    this.importChain = details.importChain ?? [];
  }
}
