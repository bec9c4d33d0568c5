import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const modifyProperties: CommandHandler = ({ t, taskEventId }, command) => {
  const upsertedMemo = command.modifyWorkflowPropertiesCommandAttributes?.upsertedMemo;
  if (!upsertedMemo || Object.keys(upsertedMemo.fields ?? {}).length === 0) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES,
      'UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.',
    );
  }
  t.record('propertiesModified', { workflowTaskCompletedEventId: taskEventId, upsertedMemo }, metadataOf(command));
};
