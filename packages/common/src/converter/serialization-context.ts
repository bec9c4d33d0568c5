/**
 * Whose payload is converted; converters and codecs may depend on it. A child, an activity or another workflow that is
 * signalled owns the payloads that are sent to it and those that it sends back.
 */
export type SerializationContext = WorkflowSerializationContext | ActivitySerializationContext;

export interface WorkflowSerializationContext {
  type: 'workflow';
  namespace: string;
  workflowId: string;
}

export interface ActivitySerializationContext {
  type: 'activity';
  namespace: string;
  activityId?: string;
  /** Of the workflow that scheduled the activity, when there is one and it is known. */
  workflowId?: string;
  isLocal: boolean;
}
