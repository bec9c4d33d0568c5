/** A worker has dealt with its workflow task: commands and messages take effect, in order. */
import { CommandType, WorkflowTaskFailedCause } from '@reprise/proto';
import { invalidArgument, notFound, type ServiceError } from '../../errors.ts';
import type { AttributesOf } from '../event-kinds.ts';
import type { StickyQueue } from '../execution.ts';
import { versionInEffect } from '../effective-version.ts';
import { isRunning } from '../execution.ts';
import { isSameVersion } from '../same-version.ts';
import { TaskProblem } from '../task-problem.ts';
import type { Transition } from '../transition.ts';
import type { StartedTask, WorkerVersion } from '../workflow-task-state.ts';
import type { Command } from '../wire.ts';
import type { CommandContext, CommandLookups } from './command/command-context.ts';
import { closingCommands, commandHandlers } from './command/handlers.ts';
import { timeOutWorkflowTask } from './fail-workflow-task.ts';
import { offerAgain } from './move-version.ts';
import { scheduleWorkflowTask } from './schedule-workflow-task.ts';
import { startWorkflowTask } from './start-workflow-task.ts';
import {
  applyUpdateMessage,
  badMessage,
  rejectUnprocessed,
  returnUnprocessed,
  type UpdateMessage,
} from './update-message.ts';

/** Which attempt of which task a token stands for. */
export interface TaskKey {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly attempt: number;
  readonly startedTimeMs: number;
}

export interface Completion {
  readonly task: TaskKey;
  readonly identity: string;
  /** Fields of the completed event that the worker gives. */
  readonly attributes: AttributesOf<'taskCompleted'>;
  readonly commands: readonly Command[];
  readonly messages: readonly UpdateMessage[];
  readonly sticky: Omit<StickyQueue, 'normalName'> | undefined;
  readonly forceNewTask: boolean;
  readonly workerVersion?: WorkerVersion | undefined;
  /** The worker wants the next task as the answer. */
  readonly returnNewTask: boolean;
  /** The worker can forget a rejected task that had shown it events. */
  readonly discardsWithEvents: boolean;
  readonly lookups: CommandLookups;
}

export interface CompletionResult {
  /** Set when the task left no trace: the event up to which history is as the worker knew it before. */
  readonly resetHistoryEventId: number;
  readonly nextTask: StartedTask | undefined;
  /** The row of heartbeats was too long. */
  readonly heartbeatTimedOut: boolean;
}

/** @throws ServiceError NOT_FOUND */
export function requireStartedTask(t: Transition, key: TaskKey): StartedTask {
  const { task } = t.execution;
  const isSame =
    isRunning(t.execution) &&
    task?.kind === 'started' &&
    task.scheduledEventId === key.scheduledEventId &&
    task.attempt === key.attempt &&
    task.startedTimeMs === key.startedTimeMs;
  if (!isSame) throw notFound('Workflow task not found.');
  return task;
}

export function completeWorkflowTask(t: Transition, completion: Completion): CompletionResult {
  const task = requireStartedTask(t, completion.task);
  checkSequence(completion.commands);
  if (leavesNoTrace(t, task, completion)) {
    for (const message of completion.messages) applyUpdateMessage(t, message, 0);
    rejectUnprocessed(t);
    t.note({ kind: 'taskDropped' });
    setSticky(t, completion);
    const nextTask = scheduleNext(t, completion, { needed: false, task });
    return { resetHistoryEventId: t.execution.lastStartedEventId, nextTask, heartbeatTimedOut: false };
  }
  if (heartbeatsTooLong(t, task, completion)) {
    timeOutWorkflowTask(t, 1);
    scheduleWorkflowTask(t);
    return { resetHistoryEventId: 0, nextTask: undefined, heartbeatTimedOut: true };
  }
  const hasUnseen = t.execution.buffered.length > 0;
  const wasAt = versionInEffect(t.execution);
  const wasMoving = t.execution.versioning.move !== undefined;
  const taskEventId = recordCompleted(t, task, completion);
  const isMoving = t.execution.versioning.move !== undefined;
  const hasMoved = wasMoving || !isSameVersion(wasAt, versionInEffect(t.execution));
  if (hasMoved && !isMoving) offerAgain(t);
  setSticky(t, completion);
  let needed = completion.forceNewTask || isMoving;
  const context: CommandContext = {
    t,
    taskEventId,
    identity: completion.identity,
    lookups: completion.lookups,
    hasUnseen,
    needTask: () => void (needed = true),
  };
  applyAll(context, completion);
  if (!isRunning(t.execution)) return { resetHistoryEventId: 0, nextTask: undefined, heartbeatTimedOut: false };
  settleUnprocessed(t, completion);
  const nextTask = scheduleNext(t, completion, { needed: needed || t.execution.buffered.length > 0, task });
  return { resetHistoryEventId: 0, nextTask, heartbeatTimedOut: false };
}

/** What comes first is what is told. */
function checkSequence(commands: readonly Command[]): void {
  const types = commands.map(({ commandType }) => commandType ?? 0);
  for (const [index, type] of types.entries()) {
    const isLast = index === types.length - 1;
    if (closingCommands.has(type) && !isLast) throw badSequence(types, type);
    const isKnown = type === CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE || commandHandlers[type] !== undefined;
    if (!isKnown) throw invalidArgument(`unknown command type: ${commandName(type)}`);
  }
}

function badSequence(types: readonly number[], closing: number): ServiceError {
  const names = types.map(commandName).join(', ');
  return invalidArgument(
    `invalid command sequence: [${names}], command ${commandName(closing)} must be the last command.`,
  );
}

function commandName(type: number): string {
  const entry = Object.entries(CommandType).find(([, value]) => value === type);
  if (!entry || type === 0) return type === 0 ? 'Unspecified' : String(type);
  const words = entry[0].slice('COMMAND_TYPE_'.length).split('_');
  return words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('');
}

/** A speculative task of which nothing was accepted need never have been. */
function leavesNoTrace(t: Transition, task: StartedTask, completion: Completion): boolean {
  if (task.type !== 'speculative' || completion.forceNewTask || completion.commands.length > 0) return false;
  if (t.execution.buffered.length > 0) return false;
  if (completion.messages.some(({ body }) => body.kind !== 'rejection')) return false;
  const shown = task.scheduledEventId - 1 - t.execution.lastCompletedEventId;
  return shown === 0 || (completion.discardsWithEvents && shown <= t.around.limits.eventsToForget);
}

/** The worker has nothing to say yet, and wants to go on. */
const isHeartbeat = ({ forceNewTask, commands, messages }: Completion): boolean =>
  forceNewTask && commands.length === 0 && messages.length === 0;

function heartbeatsTooLong(t: Transition, task: StartedTask, completion: Completion): boolean {
  return isHeartbeat(completion) && t.nowMs - task.originalScheduledTimeMs >= t.around.limits.taskHeartbeatTimeoutMs;
}

/** A worker that wants to go on has not dealt with all yet: what it gets in this very answer does not bring it again. */
function settleUnprocessed(t: Transition, { forceNewTask, returnNewTask }: Completion): void {
  if (!forceNewTask) rejectUnprocessed(t);
  else if (!returnNewTask) returnUnprocessed(t);
}

/** @returns the event's id */
function recordCompleted(t: Transition, task: StartedTask, completion: Completion): number {
  if (task.type !== 'normal') t.writeQuietTask(completion.identity);
  const written = t.execution.task;
  if (written?.kind !== 'started') throw new TypeError('expected the workflow task to stay started');
  const { scheduledEventId, startedEventId } = written;
  const event = t.record('taskCompleted', {
    scheduledEventId,
    startedEventId,
    identity: completion.identity,
    ...completion.attributes,
  });
  const { autoResetPoints: kept } = t.around.limits;
  if (t.execution.autoResetPoints.length > kept) t.note({ kind: 'resetPointsCut', kept });
  return event.eventId ?? 0;
}

function setSticky(t: Transition, { sticky }: Completion): void {
  if (sticky) t.note({ kind: 'stickySet', sticky: { ...sticky, normalName: t.execution.options.taskQueue } });
  else if (t.execution.sticky) t.note({ kind: 'stickyCleared' });
}

/** A protocol message command says where its message belongs; messages without one come last. */
function applyAll(context: CommandContext, completion: Completion): void {
  const { t, lookups } = context;
  const { binaryChecksum } = completion.attributes;
  if (binaryChecksum && lookups.isBadBinary(binaryChecksum)) {
    const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_BINARY;
    throw new TaskProblem(cause, `binary ${binaryChecksum} is marked as bad deployment`);
  }
  const waiting = new Map(completion.messages.map((message) => [message.id, message]));
  for (const command of completion.commands) {
    if (command.commandType === CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE) {
      const given = command.protocolMessageCommandAttributes;
      if (!given) throw badMessage('ProtocolMessageCommandAttributes is not set on ProtocolMessageCommand.');
      const id = given.messageId ?? '';
      if (!id) throw badMessage('MessageID is not set on ProtocolMessageCommand.');
      const message = waiting.get(id);
      if (!message) throw badMessage(`ProtocolMessageCommand referenced absent message ID ${id}`);
      waiting.delete(id);
      applyUpdateMessage(t, message, context.taskEventId);
      continue;
    }
    commandHandlers[command.commandType ?? 0]?.(context, command);
  }
  for (const message of waiting.values()) applyUpdateMessage(t, message, context.taskEventId);
}

function scheduleNext(
  t: Transition,
  completion: Completion,
  { needed, task }: { needed: boolean; task: StartedTask },
): StartedTask | undefined {
  const updatesWait = [...t.execution.updates.values()].some(
    ({ state, admittedEventId }) => state === 'admitted' && admittedEventId === 0,
  );
  if (!needed && !updatesWait) return undefined;
  scheduleWorkflowTask(t, {
    // Nobody takes a speculative task from a queue here: it is the answer to this completion, or none.
    speculative: !needed && completion.returnNewTask,
    ...(isHeartbeat(completion) ? { originalScheduledTimeMs: task.originalScheduledTimeMs } : {}),
  });
  if (!completion.returnNewTask || t.execution.task?.kind !== 'scheduled') return undefined;
  return startWorkflowTask(t, {
    requestId: 'request-from-RespondWorkflowTaskCompleted',
    identity: completion.identity,
    workerVersion: completion.workerVersion,
  });
}
