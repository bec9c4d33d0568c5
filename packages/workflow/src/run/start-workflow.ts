import {
  encodeVersioningBehavior,
  IllegalStateError,
  isCancellation,
  SdkComponent,
  type WorkflowDefinitionOptionsOrGetter,
} from '@reprise/common';
import { ContinueAsNew } from '../api/continue-as-new-error.ts';
import type { WorkflowInboundCallsInterceptor } from '../api/interceptors.ts';
import { writeLog } from '../api/log.ts';
import type { JobOf } from '../jobs.ts';
import { ROOT_FRAME, runInFrame } from '../scope/async-scope.ts';
import { argsFromWall, headersFromWall } from './asking.ts';
import { completeWorkflow, endByError } from './outcome.ts';
import type { Run } from './run.ts';
import { composeInterceptors } from './compose-interceptors.ts';

/** Reads what a workflow says about itself; see `setWorkflowOptions`. */
export function readDefinitionOptions(run: Run): void {
  const given = (run.workflow as { workflowDefinitionOptions?: WorkflowDefinitionOptionsOrGetter } | undefined)
    ?.workflowDefinitionOptions;
  const options = typeof given === 'function' ? given() : given;
  if (options === undefined) return;
  run.versioningBehavior = encodeVersioningBehavior(options.versioningBehavior);
  run.failureExceptionTypes = options.failureExceptionTypes;
}

function logEnd(run: Run, error: unknown): void {
  const component = SdkComponent.worker;
  if (isCancellation(error)) writeLog(run, { level: 'DEBUG', message: 'Workflow completed as cancelled', component });
  else if (error instanceof ContinueAsNew)
    writeLog(run, { level: 'DEBUG', message: 'Workflow continued as new', component });
  else writeLog(run, { level: 'WARN', message: 'Workflow failed', meta: { error }, component });
}

/** Calls the workflow function; its first part runs now. */
export function startWorkflow(run: Run, job: JobOf<'initialize'>): void {
  const execute = composeInterceptors<WorkflowInboundCallsInterceptor, 'execute'>(
    run.interceptors.inbound,
    'execute',
    // An async function: the result comes as many microtasks later as histories are used to.
    async ({ args }) => {
      // Called by itself, so that stacks name it as its author does.
      const { workflow } = run;
      if (workflow === undefined) throw new IllegalStateError('Workflow uninitialized');
      return (await workflow(...args)) as unknown;
    },
  );
  const component = SdkComponent.worker;
  writeLog(run, { level: 'DEBUG', message: 'Workflow started', component });
  const input = { headers: headersFromWall(job.headers), args: argsFromWall(run, job.args, run.typeInfo) };
  runInFrame(ROOT_FRAME, () => execute(input))
    .then(
      (result) => {
        writeLog(run, { level: 'DEBUG', message: 'Workflow completed', component });
        return result;
      },
      (error: unknown) => {
        logEnd(run, error);
        throw error;
      },
    )
    .then(
      (result) => completeWorkflow(run, result),
      (error: unknown) => endByError(run, error),
    );
}
