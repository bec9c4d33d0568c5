import { WorkflowTaskFailedCause } from '@reprise/proto';
import { fieldsBytes } from '../../payload-size.ts';
import { TaskProblem } from '../../task-problem.ts';
import { orProblem, requireSize } from './command-checks.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

const { WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
const bad = (detail: string) => new TaskProblem(cause, detail);
const onCommand = 'on UpsertWorkflowSearchAttributesCommand';

export const upsertSearchAttributes: CommandHandler = ({ t, taskEventId, lookups }, command) => {
  const given = command.upsertWorkflowSearchAttributesCommandAttributes;
  const fields = given?.searchAttributes?.indexedFields ?? {};
  const { searchAttributes } = lookups;
  orProblem(() => searchAttributes.requireMapped(fields), bad);
  if (!given) throw bad(`UpsertWorkflowSearchAttributesCommandAttributes is not set ${onCommand}.`);
  if (!given.searchAttributes) throw bad(`SearchAttributes is not set ${onCommand}.`);
  if (Object.keys(fields).length === 0) throw bad(`IndexedFields is not set ${onCommand}.`);
  const indexedFields = orProblem(() => searchAttributes.typed(fields), bad);
  requireSize(t, {
    bytes: fieldsBytes(fields),
    cause,
    message: 'UpsertWorkflowSearchAttributesCommandAttributes exceeds size limit.',
  });
  orProblem(
    () => searchAttributes.requireSize({ ...Object.fromEntries(t.execution.searchAttributes), ...indexedFields }),
    (detail) => new TaskProblem(cause, detail, { terminates: true }),
  );
  t.record(
    'searchAttributesUpserted',
    { workflowTaskCompletedEventId: taskEventId, searchAttributes: { indexedFields } },
    metadataOf(command),
  );
};
