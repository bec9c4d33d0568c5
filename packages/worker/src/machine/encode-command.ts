/** Commands in the shape of the wire. */
import { encodeUtf8, fromWallPayload, invariant } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import type { EventGroupRef, IntentOf, UserMetadata } from '@reprise/workflow/runtime';
import type { CommandRequest } from './command-request.ts';
import { changeVersionPayload, CHANGE_VERSION, localActivityMarker, patchMarker } from './markers.ts';
import type { RunIdentity } from './run-facts.ts';
import { optionalSpanOfMs, spanOfMs } from './wall-time.ts';
import { optionalPayloadsOf, payloadMapOf, payloadsOf, retryPolicyOf, wireFailure } from './wall-values.ts';

export type Command = temporal.api.command.v1.Command;

/** Numbers of temporal.api.enums.v1.CommandType. */
const Type = {
  scheduleActivity: 1,
  requestCancelActivity: 2,
  startTimer: 3,
  completeWorkflow: 4,
  failWorkflow: 5,
  cancelTimer: 6,
  cancelWorkflow: 7,
  requestCancelExternal: 8,
  recordMarker: 9,
  continueAsNew: 10,
  startChild: 11,
  signalExternal: 12,
  upsertSearchAttributes: 13,
  protocolMessage: 14,
  modifyProperties: 16,
  scheduleNexusOperation: 17,
  requestCancelNexusOperation: 18,
} as const;

export interface CommandContext extends RunIdentity {
  /** The task queue of the run, for activities that name none. */
  readonly taskQueue: string;
}

export function encodeCommand(request: CommandRequest, context: CommandContext): Command {
  switch (request.kind) {
    case 'asked':
      return withGroups(
        withMetadata(encodeAsked(request.intent, context), request.intent.userMetadata),
        request.intent.eventGroups,
      );
    case 'cancelTimer':
      return { commandType: Type.cancelTimer, cancelTimerCommandAttributes: { timerId: request.timerId } };
    case 'requestCancelActivity': {
      const { scheduledEventId } = request;
      return {
        commandType: Type.requestCancelActivity,
        requestCancelActivityTaskCommandAttributes: { scheduledEventId },
      };
    }
    case 'requestCancelChild':
      return {
        commandType: Type.requestCancelExternal,
        requestCancelExternalWorkflowExecutionCommandAttributes: {
          namespace: request.namespace ?? context.namespace,
          workflowId: request.workflowId,
          runId: request.runId,
          childWorkflowOnly: true,
          reason: request.reason,
        },
      };
    case 'requestCancelNexusOperation': {
      const { scheduledEventId } = request;
      return {
        commandType: Type.requestCancelNexusOperation,
        requestCancelNexusOperationCommandAttributes: { scheduledEventId },
      };
    }
    case 'recordLocalActivity':
      return withMetadata(
        { commandType: Type.recordMarker, recordMarkerCommandAttributes: localActivityMarker(request.record) },
        request.record.userMetadata,
      );
    case 'recordPatch':
      return { commandType: Type.recordMarker, recordMarkerCommandAttributes: patchMarker(request) };
    case 'upsertChangeVersion':
      return upsertChangeVersion(request.patchIds);
    case 'protocolMessage': {
      const { id: messageId } = request.message;
      return { commandType: Type.protocolMessage, protocolMessageCommandAttributes: { messageId } };
    }
  }
}

function upsertChangeVersion(patchIds: readonly string[]): Command {
  const payload = changeVersionPayload(patchIds);
  invariant(payload !== undefined, 'a command was made for a TemporalChangeVersion that is too long');
  return {
    commandType: Type.upsertSearchAttributes,
    upsertWorkflowSearchAttributesCommandAttributes: {
      searchAttributes: { indexedFields: { [CHANGE_VERSION]: payload } },
    },
  };
}

function withMetadata(command: Command, metadata: UserMetadata | undefined): Command {
  if (metadata === undefined) return command;
  const summary = metadata.summary === undefined ? {} : { summary: fromWallPayload(metadata.summary) };
  const details = metadata.details === undefined ? {} : { details: fromWallPayload(metadata.details) };
  return { ...command, userMetadata: { ...summary, ...details } };
}

function withGroups(command: Command, groups: readonly EventGroupRef[] | undefined): Command {
  return groups === undefined ? command : { ...command, eventGroupMarkers: groups.map(groupMarker) };
}

function groupMarker(group: EventGroupRef) {
  if ('inboundEventId' in group) return { inboundEvent: { inboundEventId: group.inboundEventId } };
  if ('inboundUpdateId' in group) return { inboundUpdate: { inboundUpdateId: group.inboundUpdateId } };
  const data = encodeUtf8(JSON.stringify(group.label));
  return { label: { id: group.id, label: { metadata: { encoding: encodeUtf8('json/plain') }, data } } };
}

type AskedIntent = Extract<CommandRequest, { kind: 'asked' }>['intent'];

function encodeAsked(intent: AskedIntent, context: CommandContext): Command {
  switch (intent.kind) {
    case 'startTimer':
      return {
        commandType: Type.startTimer,
        startTimerCommandAttributes: { timerId: String(intent.seq), startToFireTimeout: spanOfMs(intent.delayMs) },
      };
    case 'scheduleActivity':
      return scheduleActivity(intent, context);
    case 'startChild':
      return startChild(intent, context);
    case 'signalExternal':
      return signalExternal(intent, context);
    case 'cancelExternal':
      return cancelExternal(intent, context);
    case 'scheduleNexusOperation':
      return scheduleNexusOperation(intent);
    case 'upsertSearchAttributes':
      return {
        commandType: Type.upsertSearchAttributes,
        upsertWorkflowSearchAttributesCommandAttributes: {
          searchAttributes: { indexedFields: payloadMapOf(intent.searchAttributes) },
        },
      };
    case 'modifyProperties':
      return {
        commandType: Type.modifyProperties,
        modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: { fields: payloadMapOf(intent.memo) } },
      };
    default:
      return encodeClose(intent, context);
  }
}

type CloseIntent = IntentOf<'completeWorkflow' | 'failWorkflow' | 'cancelWorkflow' | 'continueAsNew'>;

function encodeClose(intent: CloseIntent, context: CommandContext): Command {
  switch (intent.kind) {
    case 'completeWorkflow':
      return {
        commandType: Type.completeWorkflow,
        completeWorkflowExecutionCommandAttributes: { result: optionalPayloadsOf(intent.result) },
      };
    case 'failWorkflow':
      return {
        commandType: Type.failWorkflow,
        failWorkflowExecutionCommandAttributes: { failure: wireFailure(intent.failure) },
      };
    case 'cancelWorkflow':
      return { commandType: Type.cancelWorkflow, cancelWorkflowExecutionCommandAttributes: {} };
    case 'continueAsNew':
      return continueAsNew(intent, context);
  }
}

const INHERIT_BUILD_ID = { unspecified: 0, compatible: 1, default: 2 } as const;

/** Whether what is started stays on the build of this run: unless asked otherwise, when it stays on this task queue. */
function staysOnBuild(intent: { versioningIntent?: number; taskQueue?: string }, context: CommandContext): boolean {
  if (intent.versioningIntent === INHERIT_BUILD_ID.compatible) return true;
  if (intent.versioningIntent === INHERIT_BUILD_ID.default) return false;
  return intent.taskQueue === undefined || intent.taskQueue === '' || intent.taskQueue === context.taskQueue;
}

/** Whether this worker may take the activity with the answer; the worker decides whether it has room. */
function mayRunEagerly(intent: IntentOf<'scheduleActivity'>, { taskQueue }: CommandContext): boolean {
  return intent.doNotEagerlyExecute !== true && (intent.taskQueue || taskQueue) === taskQueue;
}

function scheduleActivity(intent: IntentOf<'scheduleActivity'>, context: CommandContext): Command {
  return {
    commandType: Type.scheduleActivity,
    scheduleActivityTaskCommandAttributes: {
      activityId: intent.activityId,
      activityType: { name: intent.activityType },
      taskQueue: { name: intent.taskQueue || context.taskQueue, kind: 1 },
      header: { fields: payloadMapOf(intent.headers) },
      input: intent.args.length === 0 ? undefined : payloadsOf(intent.args),
      scheduleToCloseTimeout: optionalSpanOfMs(intent.scheduleToCloseTimeoutMs),
      scheduleToStartTimeout: optionalSpanOfMs(intent.scheduleToStartTimeoutMs),
      startToCloseTimeout: optionalSpanOfMs(intent.startToCloseTimeoutMs),
      heartbeatTimeout: optionalSpanOfMs(intent.heartbeatTimeoutMs),
      retryPolicy: retryPolicyOf(intent.retryPolicy),
      requestEagerExecution: mayRunEagerly(intent, context),
      useWorkflowBuildId: staysOnBuild(intent, context),
      priority: intent.priority,
    },
  };
}

function startChild(intent: IntentOf<'startChild'>, context: CommandContext): Command {
  return {
    commandType: Type.startChild,
    startChildWorkflowExecutionCommandAttributes: {
      namespace: intent.namespace ?? context.namespace,
      workflowId: intent.workflowId,
      workflowType: { name: intent.workflowType },
      taskQueue: { name: intent.taskQueue || context.taskQueue, kind: 1 },
      input: intent.args.length === 0 ? undefined : payloadsOf(intent.args),
      workflowExecutionTimeout: optionalSpanOfMs(intent.executionTimeoutMs),
      workflowRunTimeout: optionalSpanOfMs(intent.runTimeoutMs),
      workflowTaskTimeout: optionalSpanOfMs(intent.taskTimeoutMs),
      parentClosePolicy: intent.parentClosePolicy as 0 | 1 | 2 | 3 | undefined,
      workflowIdReusePolicy: intent.workflowIdReusePolicy as 0 | 1 | 2 | 3 | 4 | undefined,
      retryPolicy: retryPolicyOf(intent.retryPolicy),
      cronSchedule: intent.cronSchedule,
      header: { fields: payloadMapOf(intent.headers) },
      memo: intent.memo === undefined ? undefined : { fields: payloadMapOf(intent.memo) },
      searchAttributes:
        intent.searchAttributes === undefined ? undefined : { indexedFields: payloadMapOf(intent.searchAttributes) },
      inheritBuildId: staysOnBuild(intent, context),
      priority: intent.priority,
    },
  };
}

/** Continue-as-new and signals, unlike other commands, are recorded without a header where there is nothing in it. */
function headerUnlessEmpty(headers: IntentOf<'signalExternal'>['headers']) {
  return Object.keys(headers).length === 0 ? undefined : { fields: payloadMapOf(headers) };
}

function continueAsNew(intent: IntentOf<'continueAsNew'>, context: CommandContext): Command {
  return {
    commandType: Type.continueAsNew,
    continueAsNewWorkflowExecutionCommandAttributes: {
      workflowType: { name: intent.workflowType },
      taskQueue: { name: intent.taskQueue || context.taskQueue, kind: 1 },
      input: intent.args.length === 0 ? undefined : payloadsOf(intent.args),
      workflowRunTimeout: optionalSpanOfMs(intent.runTimeoutMs),
      workflowTaskTimeout: optionalSpanOfMs(intent.taskTimeoutMs),
      backoffStartInterval: optionalSpanOfMs(intent.backoffStartIntervalMs),
      retryPolicy: retryPolicyOf(intent.retryPolicy),
      header: headerUnlessEmpty(intent.headers),
      memo: intent.memo === undefined ? undefined : { fields: payloadMapOf(intent.memo) },
      searchAttributes:
        intent.searchAttributes === undefined ? undefined : { indexedFields: payloadMapOf(intent.searchAttributes) },
      inheritBuildId: staysOnBuild(intent, context),
      initialVersioningBehavior: intent.initialVersioningBehavior as 0 | 1 | 2 | undefined,
    },
  };
}

function signalExternal(intent: IntentOf<'signalExternal'>, context: CommandContext): Command {
  const { workflowId, runId, namespace, childOnly } = intent.target;
  return {
    commandType: Type.signalExternal,
    signalExternalWorkflowExecutionCommandAttributes: {
      namespace: namespace ?? context.namespace,
      execution: { workflowId, runId },
      signalName: intent.signalName,
      input: intent.args.length === 0 ? undefined : payloadsOf(intent.args),
      childWorkflowOnly: childOnly,
      header: headerUnlessEmpty(intent.headers),
    },
  };
}

function cancelExternal(intent: IntentOf<'cancelExternal'>, context: CommandContext): Command {
  const { workflowId, runId, namespace } = intent.target;
  return {
    commandType: Type.requestCancelExternal,
    requestCancelExternalWorkflowExecutionCommandAttributes: {
      namespace: namespace ?? context.namespace,
      workflowId,
      runId,
      // In these words since histories have it that way.
      reason: `Cancel requested by workflow with run id ${context.runId} with reason: ${intent.reason ?? ''}`,
    },
  };
}

function scheduleNexusOperation(intent: IntentOf<'scheduleNexusOperation'>): Command {
  return {
    commandType: Type.scheduleNexusOperation,
    scheduleNexusOperationCommandAttributes: {
      endpoint: intent.endpoint,
      service: intent.service,
      operation: intent.operation,
      input: intent.input === undefined ? undefined : fromWallPayload(intent.input),
      scheduleToCloseTimeout: optionalSpanOfMs(intent.scheduleToCloseTimeoutMs),
      scheduleToStartTimeout: optionalSpanOfMs(intent.scheduleToStartTimeoutMs),
      startToCloseTimeout: optionalSpanOfMs(intent.startToCloseTimeoutMs),
      nexusHeader: intent.nexusHeaders,
    },
  };
}
