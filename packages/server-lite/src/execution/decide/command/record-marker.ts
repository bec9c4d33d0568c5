import { WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { TaskProblem } from '../../task-problem.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const recordMarker: CommandHandler = ({ t, taskEventId }, command) => {
  const { markerName, details, header, failure } = command.recordMarkerCommandAttributes ?? {};
  if (!markerName) {
    throw new TaskProblem(
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_RECORD_MARKER_ATTRIBUTES,
      'MarkerName is not set on RecordMarkerCommand.',
    );
  }
  const attributes: AttributesOf<'markerRecorded'> = { markerName, workflowTaskCompletedEventId: taskEventId };
  if (details) attributes.details = details;
  if (header) attributes.header = header;
  if (failure) attributes.failure = failure;
  t.record('markerRecorded', attributes, metadataOf(command));
};
