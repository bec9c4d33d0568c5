/** The beginnings of span names; what the span is about follows after `SPAN_DELIMITER`. Dashboards know them. */
export const SpanName = {
  /** A client starts a workflow. */
  WORKFLOW_START: 'StartWorkflow',
  /** A client or a workflow signals a workflow. */
  WORKFLOW_SIGNAL: 'SignalWorkflow',
  WORKFLOW_SIGNAL_WITH_START: 'SignalWithStartWorkflow',
  WORKFLOW_QUERY: 'QueryWorkflow',
  WORKFLOW_START_UPDATE: 'StartWorkflowUpdate',
  WORKFLOW_UPDATE_WITH_START: 'UpdateWithStartWorkflow',
  /** A workflow handles a signal. */
  WORKFLOW_HANDLE_SIGNAL: 'HandleSignal',
  WORKFLOW_HANDLE_QUERY: 'HandleQuery',
  WORKFLOW_HANDLE_UPDATE: 'HandleUpdate',
  WORKFLOW_VALIDATE_UPDATE: 'ValidateUpdate',
  WORKFLOW_TERMINATE: 'TerminateWorkflow',
  WORKFLOW_CANCEL: 'CancelWorkflow',
  WORKFLOW_DESCRIBE: 'DescribeWorkflow',
  /** A workflow runs. */
  WORKFLOW_EXECUTE: 'RunWorkflow',
  /** A workflow starts another as its child. */
  CHILD_WORKFLOW_START: 'StartChildWorkflow',
  /** A workflow asks for an activity. */
  ACTIVITY_START: 'StartActivity',
  /** An activity runs. */
  ACTIVITY_EXECUTE: 'RunActivity',
  CONTINUE_AS_NEW: 'ContinueAsNew',
  /** A workflow asks for a Nexus operation. */
  NEXUS_OPERATION_START: 'StartNexusOperation',
  /** A handler starts a Nexus operation. */
  NEXUS_START_OPERATION_EXECUTE: 'RunStartNexusOperation',
  /** A handler cancels a Nexus operation. */
  NEXUS_CANCEL_OPERATION_EXECUTE: 'RunCancelNexusOperation',
} as const;
export type SpanName = (typeof SpanName)[keyof typeof SpanName];

/** Stands between the beginning of a span's name and what the span is about. */
export const SPAN_DELIMITER = ':';

/** The name of a span about `subject`. */
export function spanNameOf(name: SpanName, subject: string): string {
  return `${name}${SPAN_DELIMITER}${subject}`;
}
