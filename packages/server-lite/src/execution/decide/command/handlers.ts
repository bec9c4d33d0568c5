import { CommandType } from '@reprise/proto';
import { cancelTimer } from './cancel-timer.ts';
import { cancelWorkflow, completeWorkflow, failWorkflow } from './close-commands.ts';
import type { CommandHandler } from './command-context.ts';
import { continueAsNew } from './continue-as-new.ts';
import { modifyProperties } from './modify-properties.ts';
import { recordMarker } from './record-marker.ts';
import { requestCancelActivity } from './request-cancel-activity.ts';
import { requestCancelExternal } from './request-cancel-external.ts';
import { scheduleActivity } from './schedule-activity.ts';
import { requestCancelNexusOperation, scheduleNexusOperation } from './schedule-nexus-operation.ts';
import { signalExternal } from './signal-external.ts';
import { startChild } from './start-child.ts';
import { startTimer } from './start-timer.ts';
import { upsertSearchAttributes } from './upsert-search-attributes.ts';

/** By command type, all but protocol messages: those are places for updates. */
export const commandHandlers: Readonly<Record<number, CommandHandler>> = {
  [CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK]: scheduleActivity,
  [CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK]: requestCancelActivity,
  [CommandType.COMMAND_TYPE_START_TIMER]: startTimer,
  [CommandType.COMMAND_TYPE_CANCEL_TIMER]: cancelTimer,
  [CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION]: completeWorkflow,
  [CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION]: failWorkflow,
  [CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION]: cancelWorkflow,
  [CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION]: continueAsNew,
  [CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION]: startChild,
  [CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION]: signalExternal,
  [CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION]: requestCancelExternal,
  [CommandType.COMMAND_TYPE_RECORD_MARKER]: recordMarker,
  [CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES]: upsertSearchAttributes,
  [CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES]: modifyProperties,
  [CommandType.COMMAND_TYPE_SCHEDULE_NEXUS_OPERATION]: scheduleNexusOperation,
  [CommandType.COMMAND_TYPE_REQUEST_CANCEL_NEXUS_OPERATION]: requestCancelNexusOperation,
};

export const closingCommands: ReadonlySet<number> = new Set<number>([
  CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
  CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
  CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION,
  CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
]);
