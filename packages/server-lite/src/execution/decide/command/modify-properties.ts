import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import { fieldsBytes } from '../../payload-size.ts';
import { requireSize } from './command-checks.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const modifyProperties: CommandHandler = ({ t, taskEventId }, command) => {
  const upsertedMemo = command.modifyWorkflowPropertiesCommandAttributes?.upsertedMemo;
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  if (!upsertedMemo) throw new TaskProblem(cause, 'UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.');
  if (Object.keys(upsertedMemo.fields ?? {}).length === 0) {
    throw new TaskProblem(cause, 'UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.');
  }
  const bytes = fieldsBytes(upsertedMemo.fields);
  requireSize(t, { bytes, cause, message: 'ModifyWorkflowPropertiesCommandAttributes exceeds size limit.' });
  t.record('propertiesModified', { workflowTaskCompletedEventId: taskEventId, upsertedMemo }, metadataOf(command));
};
