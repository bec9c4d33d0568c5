import { WorkflowTaskFailedCause } from '@reprise/proto';
import { TaskProblem } from '../../task-problem.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const upsertSearchAttributes: CommandHandler = ({ t, taskEventId, lookups }, command) => {
  const given = command.upsertWorkflowSearchAttributesCommandAttributes?.searchAttributes;
  const fields = given?.indexedFields ?? {};
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  if (!given) throw new TaskProblem(cause, 'SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand.');
  if (Object.keys(fields).length === 0) {
    throw new TaskProblem(cause, 'IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.');
  }
  let indexedFields: typeof fields;
  try {
    indexedFields = lookups.searchAttributes(fields);
  } catch (error) {
    throw new TaskProblem(cause, error instanceof Error ? error.message : String(error));
  }
  t.record(
    'searchAttributesUpserted',
    { workflowTaskCompletedEventId: taskEventId, searchAttributes: { indexedFields } },
    metadataOf(command),
  );
};
