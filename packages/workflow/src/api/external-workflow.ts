import type { SignalDefinition, Untyped, WorkflowSignalOptions } from '@reprise/common';
import { argsToWall, ask, headersToWall } from '../run/asking.ts';
import { workflowConverters } from '../run/converters.ts';
import { requireRun } from '../run/current-run.ts';
import { currentScope, waitInScope } from '../run/current-scope.ts';
import type { Waiting } from '../run/pending.ts';
import { capturePlace } from '../run/place.ts';
import type { SignalWorkflowInput, WorkflowOutboundCallsInterceptor } from './interceptors.ts';
import { patched } from './patched.ts';
import { composeInterceptors } from '../run/compose-interceptors.ts';

/** A workflow that is not a child of this one. */
export interface ExternalWorkflowHandle {
  readonly workflowId: string;
  readonly runId?: string;
  /**
   * Sends a signal and waits until the server has recorded it.
   *
   * @throws ApplicationFailure when there is no such workflow
   */
  signal<Args extends Untyped[] = [], Name extends string = string>(
    def: SignalDefinition<Args, Name> | string,
    ...args: Args
  ): Promise<void>;
  /** Sends a signal by its name, with what is declared of its arguments' types. */
  signalWithOptions<Args extends Untyped[] = []>(
    signalName: string,
    options: WorkflowSignalOptions<Args>,
  ): Promise<void>;
  /** Asks the workflow to cancel and waits until the server has recorded that. */
  cancel(): Promise<void>;
}

function targetOf(target: SignalWorkflowInput['target']) {
  if (target.type === 'child') return { workflowId: target.childWorkflowId, childOnly: true };
  const { workflowId, runId } = target.workflowExecution;
  return { workflowId: workflowId ?? '', ...(runId ? { runId } : {}), childOnly: false };
}

function sendSignal(input: SignalWorkflowInput): Promise<void> {
  const run = requireRun('A signal can only be sent by workflow code');
  const { seq, signalName } = input;
  const place = capturePlace(signalWorkflow);
  return new Promise<unknown>((resolve, reject) => {
    const onCancel = (): void => {
      if (run.pending.has('signalExternal', seq)) ask(run, { kind: 'cancelSignalExternal', seq });
    };
    const target = targetOf(input.target);
    const converters = workflowConverters(run, target.workflowId);
    waitInScope(run, { kind: 'signalExternal', seq }, { resolve, reject, place, onCancel, converters }, () => {
      const args = argsToWall(converters.payload, input.args, input.typeInfo);
      const headers = headersToWall(input.headers);
      ask(run, { kind: 'signalExternal', seq, target, signalName, args, headers }, place);
    });
  }) as Promise<void>;
}

/** Signals a child or another workflow, by way of the interceptors. */
export function signalWorkflow(
  target: SignalWorkflowInput['target'],
  def: SignalDefinition<Untyped[]> | string,
  args: unknown[],
): Promise<void> {
  const run = requireRun('Signals may only be sent from a Workflow Execution');
  const execute = composeInterceptors<WorkflowOutboundCallsInterceptor, 'signalWorkflow'>(
    run.interceptors.outbound,
    'signalWorkflow',
    sendSignal,
  );
  const { name: signalName, typeInfo } = typeof def === 'string' ? { name: def } : def;
  const seq = run.seqs.signalExternal++;
  return execute({ seq, signalName, args, target, headers: {}, ...(typeInfo && { typeInfo }) });
}

/** Since this patch, the scope of the call takes part in cancelling another workflow. */
const SCOPED_CANCEL_PATCH = '__temporal_internal_connect_external_handle_cancel_to_scope';

function cancelExternal(workflowId: string, runId: string | undefined): Promise<void> {
  const run = requireRun('Workflows may only be cancelled from a Workflow Execution');
  const place = capturePlace(cancelExternal);
  return new Promise<unknown>((resolve, reject) => {
    const scope = currentScope(run);
    // Asked only when it matters, so that no history has the patch's marker without need.
    const onCancel = (reason: unknown): void => {
      if (patched(SCOPED_CANCEL_PATCH)) reject(reason);
    };
    const converters = workflowConverters(run, workflowId);
    const waiting: Waiting = { resolve, reject, place, onCancel, converters };
    // Never taken back: recorded runs have the marker of a cancellation that came after the answer, too.
    if (scope.cancellable) scope.listen(waiting);
    if (scope.consideredCancelled && patched(SCOPED_CANCEL_PATCH)) return;
    const seq = run.seqs.cancelExternal++;
    const target = { workflowId, ...(runId === undefined ? {} : { runId }) };
    ask(run, { kind: 'cancelExternal', seq, target }, place);
    run.pending.add('cancelExternal', seq, waiting);
  }) as Promise<void>;
}

/**
 * A handle to another workflow, to signal it or to cancel it.
 *
 * @throws IllegalStateError outside workflow code
 */
export function getExternalWorkflowHandle(workflowId: string, runId?: string): ExternalWorkflowHandle {
  requireRun(
    'Workflow.getExternalWorkflowHandle(...) may only be used from a Workflow Execution. Consider using Client.workflow.getHandle(...) instead.)',
  );
  const workflowExecution = { workflowId, ...(runId === undefined ? {} : { runId }) };
  return {
    ...workflowExecution,
    cancel: () => cancelExternal(workflowId, runId),
    signal: (def, ...args) => {
      return signalWorkflow({ type: 'external', workflowExecution }, def as SignalDefinition<Untyped[]> | string, args);
    },
    signalWithOptions: (signalName, { args, typeInfo }) => {
      const sent = { type: 'signal', name: signalName, ...(typeInfo && { typeInfo }) } as const;
      return signalWorkflow({ type: 'external', workflowExecution }, sent, args ?? []);
    },
  };
}
