import { WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { TaskProblem } from '../../task-problem.ts';
import { utf8Length } from '../../utf8-length.ts';
import type { Command } from '../../wire.ts';
import { isUuid } from '../../uuid-text.ts';
import { requireRoom } from './command-checks.ts';
import { type CommandContext, type CommandHandler, metadataOf } from './command-context.ts';
import { commandTarget } from './command-target.ts';

type Attributes = NonNullable<Command['requestCancelExternalWorkflowExecutionCommandAttributes']>;

const { WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_ATTRIBUTES: cause } =
  WorkflowTaskFailedCause;
const bad = (detail: string) => new TaskProblem(cause, detail);
const onCommand = 'on RequestCancelExternalWorkflowExecutionCommand';

export const requestCancelExternal: CommandHandler = (context, command) => {
  const { t, taskEventId } = context;
  const given = command.requestCancelExternalWorkflowExecutionCommandAttributes;
  const target = commandTarget(context, given?.namespace);
  if (!given) throw bad(`RequestCancelExternalWorkflowExecutionCommandAttributes is not set ${onCommand}.`);
  target.requireSame(bad);
  checkNames(context, given);
  requireRoom(t.execution.outgoingCancels.size, {
    limit: t.around.limits.pendingCancels,
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_REQUEST_CANCEL_LIMIT_EXCEEDED,
    what: 'pending requests to cancel external workflows',
  });
  const attributes: AttributesOf<'cancelExternalInitiated'> = {
    workflowTaskCompletedEventId: taskEventId,
    namespace: target.namespace,
    namespaceId: target.namespaceId,
    workflowExecution: { workflowId: given.workflowId, runId: given.runId ?? '' },
    control: given.control ?? '',
    childWorkflowOnly: given.childWorkflowOnly ?? false,
    reason: given.reason ?? '',
  };
  t.record('cancelExternalInitiated', attributes, metadataOf(command));
};

function checkNames({ t, taskEventId }: CommandContext, given: Attributes): void {
  const { workflowId, runId } = given;
  const namespace = `Namespace=${given.namespace ?? ''}`;
  const run = `RunId=${runId ?? ''}`;
  if (!workflowId) throw bad(`WorkflowId is not set ${onCommand}. ${namespace} ${run}`);
  const id = `WorkflowId=${workflowId}`;
  const most = t.around.limits.idLength;
  const length = utf8Length(workflowId);
  if (length > most) {
    throw bad(`WorkflowId ${onCommand} exceeds length limit. ${id} Length=${length} Limit=${most} ${run} ${namespace}`);
  }
  if (runId && !isUuid(runId)) throw bad(`Invalid RunId set ${onCommand}. ${id} ${run} ${namespace}`);
  const startedHere = [...t.execution.children.values()].some(
    (child) => child.attributes.workflowId === workflowId && child.initiatedEventId > taskEventId,
  );
  if (startedHere) {
    throw bad(
      `Start and RequestCancel for child workflow is not allowed in same workflow task. ${id} ${run} ${namespace}`,
    );
  }
}
