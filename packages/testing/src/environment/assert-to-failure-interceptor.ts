/**
 * Workflow interceptors for tests: an assertion that fails in workflow code fails the workflow, where it would otherwise
 * fail the workflow task, to be tried again for ever. Runs inside of workflows.
 */
import { ApplicationFailure } from '@reprise/common';
import type { WorkflowInterceptors } from '@reprise/workflow';

/** Made for each workflow, as interceptor modules are. */
export const interceptors = (): WorkflowInterceptors => ({
  inbound: [
    {
      execute: async (input, next) => await failingOnAssertions(() => next(input)),
      handleSignal: async (input, next) => await failingOnAssertions(() => next(input)),
      handleUpdate: async (input, next) => await failingOnAssertions(() => next(input)),
    },
  ],
});

async function failingOnAssertions<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AssertionError') throw error;
    const failure = ApplicationFailure.create({
      message: error.message,
      type: error.name,
      nonRetryable: true,
      cause: error,
    });
    if (error.stack !== undefined) failure.stack = error.stack;
    throw failure;
  }
}
