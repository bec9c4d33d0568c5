import { WorkflowTaskFailedCause } from '@reprise/proto';
import type { AttributesOf } from '../../event-kinds.ts';
import { TaskProblem } from '../../task-problem.ts';
import { payloadsBytes } from '../../payload-size.ts';
import { utf8Length } from '../../utf8-length.ts';
import type { Payloads } from '../../wire.ts';
import { requireSize } from './command-checks.ts';
import { type CommandHandler, metadataOf } from './command-context.ts';

export const recordMarker: CommandHandler = ({ t, taskEventId }, command) => {
  const { WORKFLOW_TASK_FAILED_CAUSE_BAD_RECORD_MARKER_ATTRIBUTES: cause } = WorkflowTaskFailedCause;
  const bad = (detail: string) => new TaskProblem(cause, detail);
  const given = command.recordMarkerCommandAttributes;
  if (!given) throw bad('RecordMarkerCommandAttributes is not set on RecordMarkerCommand.');
  const { markerName, details, header, failure } = given;
  if (!markerName) throw bad('MarkerName is not set on RecordMarkerCommand.');
  const most = t.around.limits.idLength;
  const length = utf8Length(markerName);
  if (length > most) {
    throw bad(
      `MarkerName on RecordMarkerCommand exceeds length limit. MarkerName=${markerName} Length=${length} Limit=${most}`,
    );
  }
  requireSize(t, {
    bytes: fieldsOfPayloads(details),
    cause,
    message: 'RecordMarkerCommandAttributes.Details exceeds size limit.',
  });
  const attributes: AttributesOf<'markerRecorded'> = { markerName, workflowTaskCompletedEventId: taskEventId };
  if (details) attributes.details = details;
  if (header) attributes.header = header;
  if (failure) attributes.failure = failure;
  t.record('markerRecorded', attributes, metadataOf(command));
};

const fieldsOfPayloads = (details: { [key: string]: Payloads } | null | undefined): number =>
  Object.values(details ?? {}).reduce((sum, payloads) => sum + payloadsBytes(payloads), 0);
