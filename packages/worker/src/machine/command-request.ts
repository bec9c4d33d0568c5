/** What the worker asks the server for, before it is encoded: an intent as it is, or what a machine derived from it. */
import type { WallFailure, WallPayload } from '@reprise/common';
import type { IntentOf, UserMetadata, WallHeaders } from '@reprise/workflow/runtime';

type DirectIntent = IntentOf<
  | 'startTimer'
  | 'scheduleActivity'
  | 'startChild'
  | 'signalExternal'
  | 'cancelExternal'
  | 'scheduleNexusOperation'
  | 'upsertSearchAttributes'
  | 'modifyProperties'
  | 'completeWorkflow'
  | 'failWorkflow'
  | 'cancelWorkflow'
  | 'continueAsNew'
>;

export interface LocalActivityRecord {
  seq: number;
  attempt: number;
  activityId: string;
  activityType: string;
  completeTimeMs: number;
  backoffMs?: number;
  originalScheduleTimeMs: number;
  result?: WallPayload;
  failure?: WallFailure;
  userMetadata?: UserMetadata;
}

/** An update as the server delivers it, or as its acceptance in history repeats it. */
export interface UpdateRequest {
  id: string;
  name: string;
  args: WallPayload[];
  headers: WallHeaders;
  identity: string;
  requestMessageId: string;
  /** The event before which the update was to be handled. */
  sequencingEventId: number;
}

export interface OutgoingMessage {
  id: string;
  protocolInstanceId: string;
  body:
    | { kind: 'acceptance'; request: UpdateRequest }
    | { kind: 'rejection'; request: UpdateRequest; failure: WallFailure }
    | { kind: 'response'; updateId: string; identity: string; result?: WallPayload; failure?: WallFailure };
}

export type CommandRequest =
  | { kind: 'asked'; intent: DirectIntent }
  | { kind: 'cancelTimer'; timerId: string }
  | { kind: 'requestCancelActivity'; scheduledEventId: number }
  | { kind: 'requestCancelChild'; workflowId: string; runId?: string; namespace?: string; reason: string }
  | { kind: 'requestCancelNexusOperation'; scheduledEventId: number }
  | { kind: 'recordLocalActivity'; record: LocalActivityRecord }
  | { kind: 'recordPatch'; patchId: string; deprecated: boolean }
  | { kind: 'upsertChangeVersion'; patchIds: readonly string[] }
  | { kind: 'protocolMessage'; message: OutgoingMessage };
