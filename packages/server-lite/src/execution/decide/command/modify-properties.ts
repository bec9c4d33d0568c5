import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import { fieldsBytes } from '../../payload-size.ts';
import { requireMemoSize, requireSize } from './command-checks.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const modifyProperties: CommandHandler = ({ t, taskEventId }, command) => {
  const given = command.modifyWorkflowPropertiesCommandAttributes;
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  const bad = (detail: string) => new TaskProblem(cause, detail);
  if (!given) throw bad('ModifyWorkflowPropertiesCommandAttributes is not set on ModifyWorkflowPropertiesCommand.');
  const { upsertedMemo } = given;
  if (!upsertedMemo) throw bad('UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.');
  if (Object.keys(upsertedMemo.fields ?? {}).length === 0) {
    throw bad('UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.');
  }
  const bytes = fieldsBytes(upsertedMemo.fields);
  requireSize(t, { bytes, cause, message: 'ModifyWorkflowPropertiesCommandAttributes exceeds size limit.' });
  const merged = { ...Object.fromEntries(t.execution.memo), ...upsertedMemo.fields };
  requireMemoSize(t, {
    bytes: fieldsBytes(merged),
    cause,
    message: 'ModifyWorkflowPropertiesCommandAttributes. Memo exceeds size limit.',
  });
  t.record('propertiesModified', { workflowTaskCompletedEventId: taskEventId, upsertedMemo }, metadataOf(command));
};
