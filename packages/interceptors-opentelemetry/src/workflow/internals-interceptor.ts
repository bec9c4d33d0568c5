import type { Next } from '@reprise/common';
import type { DisposeInput, WorkflowInternalsInterceptor } from '@reprise/workflow';
import { tearDown } from './tracing.ts';

/** Lets go of the contexts of a workflow that goes. */
export class OpenTelemetryInternalsInterceptor implements WorkflowInternalsInterceptor {
  dispose(input: DisposeInput, next: Next<WorkflowInternalsInterceptor, 'dispose'>): void {
    tearDown();
    next(input);
  }
}
