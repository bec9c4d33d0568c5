import { WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { payloadsBytes } from '../../payload-size.ts';
import { TaskProblem } from '../../task-problem.ts';
import { utf8Length } from '../../utf8-length.ts';
import type { Command } from '../../wire.ts';
import { isUuid } from '../../uuid-text.ts';
import { requireRoom, requireSize } from './command-checks.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';
import { commandTarget } from './command-target.ts';

type Attributes = NonNullable<Command['signalExternalWorkflowExecutionCommandAttributes']>;

const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
const bad = (detail: string) => new TaskProblem(cause, detail);
const onCommand = 'on SignalExternalWorkflowExecutionCommand';

export const signalExternal: CommandHandler = (context, command) => {
  const { t, taskEventId } = context;
  const given = command.signalExternalWorkflowExecutionCommandAttributes;
  const target = commandTarget(context, given?.namespace);
  if (!given) throw bad(`SignalExternalWorkflowExecutionCommandAttributes is not set ${onCommand}.`);
  if (!given.execution) throw bad(`Execution is not set ${onCommand}.`);
  target.requireSame(bad);
  checkNames(given, t.around.limits.idLength);
  requireRoom(t.execution.outgoingSignals.size, {
    limit: t.around.limits.pendingSignals,
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_SIGNALS_LIMIT_EXCEEDED,
    what: 'pending signals to external workflows',
  });
  requireSize(t, {
    bytes: payloadsBytes(given.input),
    cause,
    message: 'SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit.',
  });
  const attributes: AttributesOf<'signalExternalInitiated'> = {
    workflowTaskCompletedEventId: taskEventId,
    namespace: target.namespace,
    namespaceId: target.namespaceId,
    workflowExecution: given.execution,
    signalName: given.signalName ?? '',
    control: given.control ?? '',
    childWorkflowOnly: given.childWorkflowOnly ?? false,
  };
  if (given.input) attributes.input = given.input;
  if (given.header) attributes.header = given.header;
  t.record('signalExternalInitiated', attributes, metadataOf(command));
};

function checkNames(given: Attributes, most: number): void {
  const { workflowId, runId } = given.execution ?? {};
  const namespace = `Namespace=${given.namespace ?? ''}`;
  const run = `RunId=${runId ?? ''}`;
  const name = `SignalName=${given.signalName ?? ''}`;
  if (!workflowId) throw bad(`WorkflowId is not set ${onCommand}. ${namespace} ${run} ${name}`);
  const id = `WorkflowId=${workflowId}`;
  const length = utf8Length(workflowId);
  if (length > most) {
    throw bad(
      `WorkflowId ${onCommand} exceeds length limit. ${id} Length=${length} Limit=${most} ${namespace} ${run} ${name}`,
    );
  }
  if (runId && !isUuid(runId)) throw bad(`Invalid RunId set ${onCommand}. ${id} ${namespace} ${run} ${name}`);
  if (!given.signalName) throw bad(`SignalName is not set ${onCommand}. ${id} ${namespace} ${run}`);
}
